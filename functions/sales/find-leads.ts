import type { Handler } from '../shared/http/contract.ts';
import { leads } from './lead.ts';
import type { leadRoutes } from './lead-routes.ts';

export const findLeads: Handler<typeof leadRoutes.findLeads> = async ({ query }, { store }) => {
  const { status, customerId, ...paging } = query;
  if (!customerId) return store.list(leads, status ? 'status' : 'all', status ?? 'all', paging);
  return store.belonging(leads, customerId, { ...paging, keep: lead => !status || lead.status === status });
};
