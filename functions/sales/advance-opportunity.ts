import { opportunityAdvanced } from '../../events/opportunity.ts';
import { say } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { Refusal } from '../shared/refusal.ts';
import { opportunities } from './opportunity.ts';
import { changed, daysBetween, needOpen, needStage, told } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';
import { needPipeline } from './pipeline-reads.ts';

type Route = typeof opportunityRoutes.advanceOpportunity;

export const advanceOpportunity: UseCase<Route> = async ({ params: { id = '' }, body }, { now, store }) => {
  const before = await store.need(opportunities, { id });
  needOpen(before);
  const stage = needStage(await needPipeline(store, before.pipelineId), body.stage);
  if (stage === before.stage) {
    throw new Refusal('conflict', 'opportunity.at-stage', `this opportunity is at the stage ${stage} already`);
  }
  const { opportunity, changes } = changed(now, before, { stage, stageSince: now });
  const data = { ...told(opportunity), from: before.stage, daysInStage: daysBetween(before.stageSince, now) };
  const { customerId } = opportunity;
  return store.commit([...changes, say(opportunityAdvanced, { customerId, about: id, data })], opportunity);
};
