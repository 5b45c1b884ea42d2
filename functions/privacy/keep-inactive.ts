import { customerKept } from '../../events/retention.ts';
import { living } from '../customers/living.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { remove, say } from '../shared/store/changes.ts';
import { inactiveCustomers } from './inactive-customer.ts';
import type { retentionRoutes } from './retention-routes.ts';

export const keepInactive: UseCase<typeof retentionRoutes.keepInactive> = async (
  { params: { customerId = '' } },
  { store },
) => {
  const { id } = await living(store, customerId);
  const found = await store.need(inactiveCustomers, { customerId: id });
  const { lastActiveAt } = found;
  const said = say(customerKept, { customerId: id, about: id, data: { lastActiveAt } });
  return store.commit([remove(inactiveCustomers, found), said], found);
};
