import { newId } from '../../events/ids.ts';
import { needCustomer } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { insert } from '../shared/store/changes.ts';
import { mustHaveHappened } from './must-have-happened.ts';
import { orders } from './order.ts';
import { recorded } from './order-life.ts';
import type { orderRoutes } from './order-routes.ts';

export const createOrder: Handler<typeof orderRoutes.createOrder> = async ({ body }, { now, store }) => {
  mustHaveHappened(now, 'placedAt', body.placedAt);
  const { id: customerId } = await needCustomer(store, body.customerId);
  const { order, said } = recorded(now, { ...body, customerId, id: newId('order', body.placedAt ?? now) });
  return store.commit([insert(orders, order), ...said], order);
};
