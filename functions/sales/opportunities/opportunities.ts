import { newId } from '../../../events/ids.ts';
import { needCustomer } from '../../customers/reads.ts';
import { handlers } from '../../shared/http/contract.ts';
import { changeById, having, readById } from '../../shared/store/records.ts';
import { type Changed, refuseFuture } from '../fields.ts';
import { builtIn, pipelineById } from '../pipelines/pipeline.ts';
import { atStage, type Opportunity, opportunities, type StoredOpportunity } from './opportunity.ts';
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

export const opportunityHandlers = handlers(opportunityRoutes, {
  createOpportunity: async ({ body: { pipelineId, ...fields } }, { now, store }) => {
    const { openedAt = now } = fields;
    refuseFuture(now, 'openedAt', openedAt);
    const [pipeline, { id: customerId }] = await Promise.all([
      pipelineById(store, pipelineId),
      needCustomer(store, fields.customerId),
    ]);
    const id = newId('opportunity', openedAt);
    const { after, changes } = written(undefined, newOpportunity(now, pipeline, { ...fields, customerId, id }));
    return store.commit(changes, after);
  },
  findOpportunities: async ({ query: { stage, pipelineId, customerId, status, ...paging } }, { store }) => {
    const keep = having<Opportunity>({ stage, pipelineId, status });
    if (customerId) return store.belonging(opportunities, customerId, { ...paging, keep });
    if (!stage || (status ?? 'open') !== 'open') return store.list(opportunities, 'all', 'all', { ...paging, keep });
    // the one longest at its stage first: it needs attention
    return store.list(opportunities, 'stage', atStage(pipelineId ?? builtIn.id, stage), { ...paging, upwards: true });
  },
  readOpportunity: readById(opportunities),
  changeOpportunity: changeById(opportunities, (before, body, { now }) =>
    written(before, changedOpportunity(now, before, body)),
  ),
  advanceOpportunity: changeById(opportunities, async (before, { stage }, { now, store }) => {
    const pipeline = await pipelineById(store, before.pipelineId);
    return written(before, advancedOpportunity(now, before, pipeline, stage));
  }),
  winOpportunity: changeById(opportunities, (before, { reason = null }, { now }) =>
    written(before, closedOpportunity(now, before, { status: 'won', reason })),
  ),
  loseOpportunity: changeById(opportunities, (before, { reason }, { now }) =>
    written(before, closedOpportunity(now, before, { status: 'lost', reason })),
  ),
});
