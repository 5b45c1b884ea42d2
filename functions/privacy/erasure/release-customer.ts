import { holdReleased } from '../../../events/erasure.ts';
import { living } from '../../customers/living.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { remove, say } from '../../shared/store/changes.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { holds } from './hold.ts';
import { mergedWith } from './merged-with.ts';

export const releaseCustomer: UseCase<typeof erasureRoutes.releaseCustomer> = async (
  { params: { id = '' } },
  { store },
) => {
  const { id: customerId } = await living(store, id);
  const ids = [customerId, ...(await mergedWith(store, customerId))];
  const found = await store.getAll(
    holds,
    ids.map(one => ({ id: one })),
  );
  if (!found.length) await store.need(holds, { id });
  const released = found.map(hold => remove(holds, hold));
  const told = say(holdReleased, { customerId, about: customerId, data: {} });
  return store.commit([...released, told], { id: customerId, released: found.length });
};
