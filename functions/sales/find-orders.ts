import type { Handler } from '../shared/http/contract.ts';
import { type Order, orders } from './order.ts';
import type { orderRoutes } from './order-routes.ts';

export const findOrders: Handler<typeof orderRoutes.findOrders> = ({ query }, { store }) => {
  const { customerId, status, ...paging } = query;
  const keep = (order: Order) => !status || order.status === status;
  return store.list(orders, customerId ? 'customer' : 'all', customerId ?? 'all', { ...paging, keep });
};
