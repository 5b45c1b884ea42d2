import type { Handler } from '../shared/http/contract.ts';
import { atStage, type Opportunity, opportunities } from './opportunity.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';
import { builtIn } from './pipeline.ts';

type Route = typeof opportunityRoutes.findOpportunities;

export const findOpportunities: Handler<Route> = async ({ query }, { store }) => {
  const { stage, pipelineId, customerId, status, ...paging } = query;
  const keep = (found: Opportunity) =>
    (!stage || found.stage === stage) &&
    (!pipelineId || found.pipelineId === pipelineId) &&
    (!status || found.status === status);
  if (customerId) return store.belonging(opportunities, customerId, { ...paging, keep });
  // the one longest at its stage first: it needs attention
  if (stage && (status ?? 'open') === 'open') {
    const list = atStage(pipelineId ?? builtIn.id, stage);
    return store.list(opportunities, 'stage', list, { ...paging, upwards: true });
  }
  return store.list(opportunities, 'all', 'all', { ...paging, keep });
};
