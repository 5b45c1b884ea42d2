import type { Handler } from '../shared/http/contract.ts';
import { opportunities } from './opportunity.ts';
import { closed, written } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';

export const loseOpportunity: Handler<typeof opportunityRoutes.loseOpportunity> = async (
  { params: { id = '' }, body: { reason } },
  { now, store },
) => {
  const before = await store.need(opportunities, { id });
  const { opportunity, said } = closed(now, before, { status: 'lost', reason });
  return store.commit([...written(before, opportunity), ...said], opportunity);
};
