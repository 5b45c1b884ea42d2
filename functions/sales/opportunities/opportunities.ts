import { newId } from '../../../events/ids.ts';
import { needCustomer } from '../../customers/reads.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, type Request } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { changeById, having, readById } from '../../shared/store/records.ts';
import { type Changed, refuseFuture } from '../fields.ts';
import { builtIn, pipelineById } from '../pipelines/pipeline.ts';
import { mayEnter, mayWin, onEntry, refuseOtherReason } from './enter-stage.ts';
import { plannedMilestone, reachedMilestone, withoutMilestone } from './milestones.ts';
import { atStage, Milestone, type Opportunity, opportunities, type StoredOpportunity } from './opportunity.ts';
import {
  advancedOpportunity,
  changedOpportunity,
  closedOpportunity,
  newOpportunity,
  writeOpportunity,
} from './opportunity-changes.ts';
import { opportunityRoutes } from './opportunity-routes.ts';

const written = (before: StoredOpportunity | undefined, { after, events }: Changed<StoredOpportunity>) => ({
  after,
  changes: [...writeOpportunity(before, after), ...events],
});

/** changes a milestone of an opportunity */
const milestoneBy =
  <Body>(decide: (now: string, before: StoredOpportunity, id: string, body: Body) => Changed<StoredOpportunity>) =>
  (request: Pick<Request, 'params'> & { body: Body }, ctx: Ctx): Promise<StoredOpportunity> => {
    const { id: milestone } = parse(Milestone.pick({ id: true }), { id: request.params.milestoneId });
    return changeById(opportunities, (before, body: Body) => written(before, decide(ctx.now, before, milestone, body)))(
      request,
      ctx,
    );
  };

export const opportunityHandlers = handlers(opportunityRoutes, {
  createOpportunity: async ({ body: { pipelineId, ...fields } }, ctx) => {
    const { now, store } = ctx;
    const { openedAt = now } = fields;
    refuseFuture(now, 'openedAt', openedAt);
    const [pipeline, { id: customerId }] = await Promise.all([
      pipelineById(store, pipelineId),
      needCustomer(store, fields.customerId),
    ]);
    const id = newId('opportunity', openedAt);
    const { after, changes } = written(undefined, newOpportunity(now, pipeline, { ...fields, customerId, id }));
    await mayEnter(pipeline, undefined, after, ctx);
    return store.commit([...changes, ...onEntry(pipeline, after, ctx)], after);
  },
  findOpportunities: async ({ query: { stage, pipelineId, customerId, status, stalled, ...paging } }, { store }) => {
    const has = having<Opportunity>({ stage, pipelineId, status });
    const keep = (one: Opportunity) => has(one) && (!stalled || String(one.stalledAt !== null) === stalled);
    if (customerId) return store.belonging(opportunities, customerId, { ...paging, keep });
    if (!stage || (status ?? 'open') !== 'open') return store.list(opportunities, 'all', 'all', { ...paging, keep });
    // the one longest at its stage first: it needs attention
    return store.list(opportunities, 'stage', atStage(pipelineId ?? builtIn.id, stage), {
      ...paging,
      keep,
      upwards: true,
    });
  },
  readOpportunity: readById(opportunities),
  changeOpportunity: changeById(opportunities, (before, body, { now }) =>
    written(before, changedOpportunity(now, before, body)),
  ),
  advanceOpportunity: changeById(opportunities, async (before, { stage }, ctx) => {
    const pipeline = await pipelineById(ctx.store, before.pipelineId);
    const { after, changes } = written(before, advancedOpportunity(ctx.now, before, pipeline, stage));
    await mayEnter(pipeline, before, after, ctx);
    return { after, changes: [...changes, ...onEntry(pipeline, after, ctx)] };
  }),
  putMilestone: milestoneBy(plannedMilestone),
  reachMilestone: milestoneBy(reachedMilestone),
  removeMilestone: milestoneBy(withoutMilestone),
  winOpportunity: changeById(opportunities, async (before, { reason = null }, ctx) => {
    const closed = closedOpportunity(ctx.now, before, { status: 'won', reason });
    const pipeline = await pipelineById(ctx.store, before.pipelineId);
    refuseOtherReason(pipeline, 'won', reason);
    await mayWin(pipeline, before, ctx);
    return written(before, closed);
  }),
  loseOpportunity: changeById(opportunities, async (before, { reason, competitor: lostTo }, { now, store }) => {
    const closed = closedOpportunity(now, before, { status: 'lost', reason, ...(lostTo ? { lostTo } : {}) });
    refuseOtherReason(await pipelineById(store, before.pipelineId), 'lost', reason);
    return written(before, closed);
  }),
});
