import { needCustomer } from '../customers/reads.ts';
import type { UseCase } from '../shared/contract.ts';
import { opened } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';
import { needPipeline } from './pipeline-reads.ts';

export const createOpportunity: UseCase<typeof opportunityRoutes.createOpportunity> = async (
  { body: { pipelineId, ...given } },
  { now, store },
) => {
  const [pipeline, { id: customerId }] = await Promise.all([
    needPipeline(store, pipelineId),
    needCustomer(store, given.customerId),
  ]);
  const { opportunity, changes } = opened(now, pipeline, {
    ...given,
    customerId,
    amount: given.amount ?? null,
    closeOn: given.closeOn ?? null,
  });
  return store.commit(changes, opportunity);
};
