import { inactiveCustomerRetained } from '../../events/retention.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, remove } from '../shared/store/changes.ts';
import { inactiveCustomers } from './inactive-customer.ts';
import type { retentionRoutes } from './retention-routes.ts';

export const keepInactive: Handler<typeof retentionRoutes.keepInactive> = async (
  { params: { customerId = '' } },
  { store },
) => {
  const { id } = await activeCustomer(store, customerId);
  const found = await store.need(inactiveCustomers, { customerId: id });
  const { lastActiveAt } = found;
  const said = emit(inactiveCustomerRetained, { customerId: id, about: id, data: { lastActiveAt } });
  return store.commit([remove(inactiveCustomers, found), said], found);
};
