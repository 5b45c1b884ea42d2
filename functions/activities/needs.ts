import { newId } from '../../events/ids.ts';
import { needChanged, needRecorded, needRemoved } from '../../events/need.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { created, eventOf, insert } from '../shared/store/changes.ts';
import { patchById, readById, removeById } from '../shared/store/records.ts';
import { type Need, NeedFields, needs, wanting } from './need.ts';
import { needRoutes } from './need-routes.ts';

export const needHandlers = handlers(needRoutes, {
  recordNeed: async ({ params: { id = '' }, body: { status = 'open', ...fields } }, { now, actor, store }) => {
    const { id: customerId } = await activeCustomer(store, id);
    const need: Need = created(now, { ...fields, id: newId('need', now), customerId, status, by: actor });
    return store.commit([insert(needs, need), eventOf(needRecorded, need)], need);
  },
  needsOfCustomer: async ({ params: { id = '' }, query: { status, ...paging } }, { store }) => {
    const { id: customerId } = await activeCustomer(store, id);
    return store.belonging(needs, customerId, { ...paging, keep: need => !status || need.status === status });
  },
  findNeeds: async ({ query: { productId, category, status, ...paging } }, { store }) => {
    if (productId && !category) return store.list(needs, 'product', wanting(productId, status), paging);
    if (category && !productId) return store.list(needs, 'category', wanting(category, status), paging);
    throw invalid([{ path: category ? 'category' : 'productId', message: 'give either productId or category' }]);
  },
  readNeed: readById(needs),
  changeNeed: patchById(needs, NeedFields, (need, { status: from }) => [eventOf(needChanged, need, { from })]),
  removeNeed: removeById(needs, need => eventOf(needRemoved, need)),
});
