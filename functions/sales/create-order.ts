import { newId } from '../../events/ids.ts';
import { orderCompleted, orderCreated } from '../../events/order.ts';
import { needCustomer } from '../customers/reads.ts';
import { first, insert, say } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { orders } from './order.ts';
import type { orderRoutes } from './order-routes.ts';

export const createOrder: UseCase<typeof orderRoutes.createOrder> = async ({ body }, { now, store }) => {
  const { id: customerId } = await needCustomer(store, body.customerId);
  const order = first(now, { ...body, customerId, id: newId('order', now) });
  const { customerId: _, ...data } = body;
  const said = { customerId, about: order.id, data };
  const done = order.status === 'completed' ? [say(orderCompleted, said)] : [];
  return store.commit([insert(orders, order), say(orderCreated, said), ...done], order);
};
