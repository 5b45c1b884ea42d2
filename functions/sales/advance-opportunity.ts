import type { Handler } from '../shared/http/contract.ts';
import { opportunities } from './opportunity.ts';
import { advanced, written } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';
import { needPipeline } from './pipeline-reads.ts';

type Route = typeof opportunityRoutes.advanceOpportunity;

export const advanceOpportunity: Handler<Route> = async ({ params: { id = '' }, body }, { now, store }) => {
  const before = await store.need(opportunities, { id });
  const { opportunity, said } = advanced(now, before, await needPipeline(store, before.pipelineId), body.stage);
  return store.commit([...written(before, opportunity), ...said], opportunity);
};
