import { newId } from '../../../events/ids.ts';
import { needCustomer } from '../../customers/reads.ts';
import { handlers } from '../../shared/http/contract.ts';
import { insert, update } from '../../shared/store/changes.ts';
import { changeById, readById } from '../../shared/store/records.ts';
import { refuseFuture } from '../fields.ts';
import { orders } from './order.ts';
import { changedOrder, newOrder } from './order-changes.ts';
import { orderRoutes } from './order-routes.ts';

export const orderHandlers = handlers(orderRoutes, {
  createOrder: async ({ body }, { now, store }) => {
    const { placedAt = now } = body;
    refuseFuture(now, 'placedAt', placedAt);
    const { id: customerId } = await needCustomer(store, body.customerId);
    const { after, events } = newOrder(now, { ...body, customerId, id: newId('order', placedAt) });
    return store.commit([insert(orders, after), ...events], after);
  },
  findOrders: ({ query: { customerId, status, ...paging } }, { store }) =>
    store.list(orders, customerId ? 'customer' : 'all', customerId ?? 'all', {
      ...paging,
      keep: order => !status || order.status === status,
    }),
  listMyOrders: async ({ query }, { store, me }) => store.belonging(orders, (await needCustomer(store, me)).id, query),
  readOrder: readById(orders),
  changeOrder: changeById(orders, (before, { status }, { now }) => {
    const { after, events } = changedOrder(now, before, status);
    return { after, changes: after === before ? [] : [update(orders, before, after), ...events] };
  }),
});
