import { customers, isActive } from '../customers/customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { inactiveCustomers } from './inactive-customer.ts';
import type { retentionRoutes } from './retention-routes.ts';

/** A page may hold fewer than asked for: who was merged away or erased since is left out. */
export const listInactive: Handler<typeof retentionRoutes.listInactive> = async ({ query }, { store }) => {
  const { items, nextCursor } = await store.list(inactiveCustomers, 'all', 'all', query);
  const found = await store.getAll(
    customers,
    items.map(({ customerId }) => ({ id: customerId })),
  );
  const standing = new Set(found.filter(isActive).map(({ id }) => id));
  return { items: items.filter(({ customerId }) => standing.has(customerId)), nextCursor };
};
