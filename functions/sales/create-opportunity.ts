import { newId } from '../../events/ids.ts';
import { needCustomer } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { mustHaveHappened } from './must-have-happened.ts';
import { opened, written } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';
import { needPipeline } from './pipeline-reads.ts';

export const createOpportunity: Handler<typeof opportunityRoutes.createOpportunity> = async (
  { body: { pipelineId, ...given } },
  { now, store },
) => {
  mustHaveHappened(now, 'openedAt', given.openedAt);
  const [pipeline, { id: customerId }] = await Promise.all([
    needPipeline(store, pipelineId),
    needCustomer(store, given.customerId),
  ]);
  const { opportunity, said } = opened(now, pipeline, {
    ...given,
    customerId,
    id: newId('opportunity', given.openedAt ?? now),
  });
  return store.commit([...written(undefined, opportunity), ...said], opportunity);
};
