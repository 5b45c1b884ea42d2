import { needCustomer } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { orders } from './order.ts';
import type { orderRoutes } from './order-routes.ts';

export const listMyOrders: Handler<typeof orderRoutes.listMyOrders> = async ({ query }, { store, me }) => {
  const { id } = await needCustomer(store, me);
  return store.belonging(orders, id, query);
};
