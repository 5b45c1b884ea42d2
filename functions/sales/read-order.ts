import type { Handler } from '../shared/http/contract.ts';
import { orders } from './order.ts';
import type { orderRoutes } from './order-routes.ts';

export const readOrder: Handler<typeof orderRoutes.readOrder> = ({ params: { id = '' } }, { store }) =>
  store.need(orders, { id });
