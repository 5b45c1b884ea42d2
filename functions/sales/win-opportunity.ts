import type { Handler } from '../shared/http/contract.ts';
import { opportunities } from './opportunity.ts';
import { closed, written } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';

export const winOpportunity: Handler<typeof opportunityRoutes.winOpportunity> = async (
  { params: { id = '' }, body: { reason = null } },
  { now, store },
) => {
  const before = await store.need(opportunities, { id });
  const { opportunity, said } = closed(now, before, { status: 'won', reason });
  return store.commit([...written(before, opportunity), ...said], opportunity);
};
