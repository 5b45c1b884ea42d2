import type { UseCase } from '../shared/contract.ts';
import { leads } from './lead.ts';
import type { leadRoutes } from './lead-routes.ts';

export const findLeads: UseCase<typeof leadRoutes.findLeads> = async ({ query }, { store }) => {
  const { status, customerId, ...paging } = query;
  if (!customerId) return store.list(leads, status ? 'status' : 'all', status ?? 'all', paging);
  const { items: ids, nextCursor } = await store.lookup(leads, 'customer', customerId, paging);
  const found = await store.getAll(
    leads,
    ids.map(id => ({ id })),
  );
  return { items: found.filter(lead => !status || lead.status === status), nextCursor };
};
