import { holdPlaced } from '../../../events/erasure.ts';
import { living } from '../../customers/living.ts';
import { Refusal } from '../../shared/http/api-error.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { first, insert, next, say, update } from '../../shared/store/changes.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { type Hold, holds } from './hold.ts';

export const holdCustomer: UseCase<typeof erasureRoutes.holdCustomer> = async (
  { params: { id = '' }, body: { reason, until = null } },
  { now, actor, store },
) => {
  const [customer, before] = await Promise.all([living(store, id), store.get(holds, { id })]);
  if (until !== null && until <= now) throw new Refusal('invalid', 'hold.past', '`until` has passed already');
  const said = { reason, until, by: actor };
  const hold: Hold = before ? next(now, before, said) : first(now, { id: customer.id, ...said });
  const told = say(holdPlaced, { customerId: customer.id, about: customer.id, data: { reason, until } });
  return store.commit([before ? update(holds, before, hold) : insert(holds, hold), told], hold);
};
