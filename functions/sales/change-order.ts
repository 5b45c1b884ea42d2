import type { Handler } from '../shared/http/contract.ts';
import { update } from '../shared/store/changes.ts';
import { orders } from './order.ts';
import { became } from './order-life.ts';
import type { orderRoutes } from './order-routes.ts';

export const changeOrder: Handler<typeof orderRoutes.changeOrder> = async (
  { params: { id = '' }, body: { status } },
  { now, store },
) => {
  const before = await store.need(orders, { id });
  const { order, said } = became(now, before, status);
  return order === before ? before : store.commit([update(orders, before, order), ...said], order);
};
