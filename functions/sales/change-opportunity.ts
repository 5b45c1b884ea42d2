import type { Handler } from '../shared/http/contract.ts';
import { opportunities } from './opportunity.ts';
import { patched, written } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';

type Route = typeof opportunityRoutes.changeOpportunity;

export const changeOpportunity: Handler<Route> = async ({ params: { id = '' }, body }, { now, store }) => {
  const before = await store.need(opportunities, { id });
  const { opportunity, said } = patched(now, before, body);
  return store.commit([...written(before, opportunity), ...said], opportunity);
};
