import { holdReleased } from '../../../events/erasure.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit, remove } from '../../shared/store/changes.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { holds } from './hold.ts';
import { mergedWith } from './merged-with.ts';

export const releaseCustomer: Handler<typeof erasureRoutes.releaseCustomer> = async (
  { params: { id = '' } },
  { store },
) => {
  const { id: customerId } = await activeCustomer(store, id);
  const ids = [customerId, ...(await mergedWith(store, customerId))];
  const found = await store.getAll(
    holds,
    ids.map(one => ({ id: one })),
  );
  if (!found.length) await store.need(holds, { id });
  const released = found.map(hold => remove(holds, hold));
  const told = emit(holdReleased, { customerId, about: customerId, data: {} });
  return store.commit([...released, told], { id: customerId, released: found.length });
};
