import { holdPlaced } from '../../../events/erasure.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { created, emit, insert, update, updated } from '../../shared/store/changes.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { type Hold, holds } from './hold.ts';

export const holdCustomer: Handler<typeof erasureRoutes.holdCustomer> = async (
  { params: { id = '' }, body: { reason, until = null } },
  { now, actor, store },
) => {
  const [customer, before] = await Promise.all([activeCustomer(store, id), store.get(holds, { id })]);
  if (until !== null && until <= now) throw new ApiError('invalid', 'hold.past', '`until` has passed already');
  const said = { reason, until, by: actor };
  const hold: Hold = before ? updated(now, before, said) : created(now, { id: customer.id, ...said });
  const told = emit(holdPlaced, { customerId: customer.id, about: customer.id, data: { reason, until } });
  return store.commit([before ? update(holds, before, hold) : insert(holds, hold), told], hold);
};
