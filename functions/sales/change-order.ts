import { orderCancelled, orderChanged, orderCompleted } from '../../events/order.ts';
import { next, say, update } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { Refusal } from '../shared/refusal.ts';
import { type Order, orders } from './order.ts';
import type { orderRoutes } from './order-routes.ts';

/** the event of an order that has got another status */
const saying = (from: Order['status'], order: Order) => {
  const { id: about, customerId, number, status, total, lines } = order;
  const data = { number, status, total, lines, from };
  if (status === 'completed') return say(orderCompleted, { customerId, about, data });
  return say(status === 'cancelled' ? orderCancelled : orderChanged, { customerId, about, data });
};

export const changeOrder: UseCase<typeof orderRoutes.changeOrder> = async (
  { params: { id = '' }, body: { status } },
  { now, store },
) => {
  const before = await store.need(orders, { id });
  if (status === before.status) return before;
  if (before.status === 'completed' || before.status === 'cancelled') {
    throw new Refusal('conflict', 'order.closed', `this order is ${before.status}`);
  }
  const order = next(now, before, { status });
  return store.commit([update(orders, before, order), saying(before.status, order)], order);
};
