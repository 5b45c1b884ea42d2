import { activeCustomer } from '../../customers/active-customer.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { type Need, needs } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const needsOfCustomer: Handler<typeof needRoutes.needsOfCustomer> = async (
  { params: { id = '' }, query: { status, ...paging } },
  { store },
) => {
  const { id: customerId } = await activeCustomer(store, id);
  const keep = (need: Need) => !status || need.status === status;
  return store.belonging(needs, customerId, { ...paging, keep });
};
