import { newId } from '../../../events/ids.ts';
import { needCustomer } from '../../customers/reads.ts';
import { handlers } from '../../shared/http/contract.ts';
import { readById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { refuseFuture } from '../fields.ts';
import { pipelineById } from '../pipelines/find-pipelines.ts';
import { builtIn } from '../pipelines/pipeline.ts';
import { atStage, type Opportunity, opportunities, type StoredOpportunity } from './opportunity.ts';
import {
  advancedOpportunity,
  changedOpportunity,
  closedOpportunity,
  newOpportunity,
  writeOpportunity,
} from './opportunity-changes.ts';
import { opportunityRoutes } from './opportunity-routes.ts';

type Changed = ReturnType<typeof changedOpportunity>;

const commit = (store: Store, before: StoredOpportunity | undefined, { after, events }: Changed) =>
  store.commit([...writeOpportunity(before, after), ...events], after);

export const opportunityHandlers = handlers(opportunityRoutes, {
  createOpportunity: async ({ body: { pipelineId, ...fields } }, { now, store }) => {
    const { openedAt = now } = fields;
    refuseFuture(now, 'openedAt', openedAt);
    const [pipeline, { id: customerId }] = await Promise.all([
      pipelineById(store, pipelineId),
      needCustomer(store, fields.customerId),
    ]);
    const id = newId('opportunity', openedAt);
    return commit(store, undefined, newOpportunity(now, pipeline, { ...fields, customerId, id }));
  },
  findOpportunities: async ({ query }, { store }) => {
    const { stage, pipelineId, customerId, status, ...paging } = query;
    const keep = (found: Opportunity) =>
      (!stage || found.stage === stage) &&
      (!pipelineId || found.pipelineId === pipelineId) &&
      (!status || found.status === status);
    if (customerId) return store.belonging(opportunities, customerId, { ...paging, keep });
    if (!stage || (status ?? 'open') !== 'open') return store.list(opportunities, 'all', 'all', { ...paging, keep });
    // the one longest at its stage first: it needs attention
    return store.list(opportunities, 'stage', atStage(pipelineId ?? builtIn.id, stage), { ...paging, upwards: true });
  },
  readOpportunity: readById(opportunities),
  changeOpportunity: async ({ params: { id = '' }, body }, { now, store }) => {
    const before = await store.need(opportunities, { id });
    return commit(store, before, changedOpportunity(now, before, body));
  },
  advanceOpportunity: async ({ params: { id = '' }, body: { stage } }, { now, store }) => {
    const before = await store.need(opportunities, { id });
    const pipeline = await pipelineById(store, before.pipelineId);
    return commit(store, before, advancedOpportunity(now, before, pipeline, stage));
  },
  winOpportunity: async ({ params: { id = '' }, body: { reason = null } }, { now, store }) => {
    const before = await store.need(opportunities, { id });
    return commit(store, before, closedOpportunity(now, before, { status: 'won', reason }));
  },
  loseOpportunity: async ({ params: { id = '' }, body: { reason } }, { now, store }) => {
    const before = await store.need(opportunities, { id });
    return commit(store, before, closedOpportunity(now, before, { status: 'lost', reason }));
  },
});
