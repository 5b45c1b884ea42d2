import * as z from 'zod';
import { checkCondition } from '../../customer-facts/check-condition.ts';
import { Customer } from '../../customers/customer.ts';
import { handlers } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { insert, updated } from '../../shared/store/changes.ts';
import { cursorOf, readCursor } from '../../shared/store/cursor.ts';
import { putRecord } from '../../shared/store/records.ts';
import { stageInUse } from '../errors.ts';
import { atStage, Opportunity, opportunities } from '../opportunities/opportunity.ts';
import { allPipelines, builtIn, PipelineId, pipelineById, pipelines, type Stage } from './pipeline.ts';
import { pipelineRoutes } from './pipeline-routes.ts';
import { openStages, snapshot } from './snapshot.ts';
import { readTally, type Tally } from './tally.ts';

/** what conditions over an opportunity find */
const OpportunityFacts = Opportunity.extend({ customer: Customer.omit({ masked: true }) });

/** refuses to remove stages that open opportunities are at */
const refuseStagesInUse = (stages: Stage[], tally: Tally) => {
  const missing = openStages(tally).filter(stage => !stages.some(({ id }) => id === stage));
  if (!missing.length) return;
  const message = `Open opportunities are at ${missing.join(', ')}. Advance them first.`;
  throw stageInUse(message, { extra: { stages: missing } });
};

export const pipelineHandlers = handlers(pipelineRoutes, {
  putPipeline: async ({ params, body }, ctx) => {
    const { now, store } = ctx;
    const { id } = parse(z.object({ id: PipelineId }), params);
    for (const [nth, { entry, exit }] of body.stages.entries()) {
      await checkCondition(entry, `stages.${nth}.entry`, ctx, OpportunityFacts);
      await checkCondition(exit, `stages.${nth}.exit`, ctx, OpportunityFacts);
    }
    refuseStagesInUse(body.stages, await readTally(store, id));
    if (id === builtIn.id && !(await store.get(pipelines, { id }))) {
      const pipeline = { ...updated(now, builtIn, body), createdAt: now };
      return store.commit([insert(pipelines, pipeline)], pipeline);
    }
    return putRecord(pipelines, { id }, { id, ...body }, { now, store });
  },
  listPipelines: async ({ query: { limit, cursor } }, { store }) => {
    const after = cursor === undefined ? '' : readCursor(cursor);
    const rest = (await allPipelines(store)).filter(({ id }) => id > after);
    const items = rest.slice(0, limit);
    return { items, nextCursor: rest.length > limit ? cursorOf(items.at(-1)!.id) : null };
  },
  readPipeline: ({ params: { id } }, { store }) => pipelineById(store, id),
  readSnapshot: async ({ params }, { now, store }) => {
    const pipeline = await pipelineById(store, params.id);
    const tally = await readTally(store, pipeline.id);
    const since = await Promise.all(
      openStages(tally).map(async id => {
        const oldest = { limit: 1, upwards: true };
        const { items } = await store.list(opportunities, 'stage', atStage(pipeline.id, id), oldest);
        return items.map(({ stageSince }) => [id, stageSince] as const);
      }),
    );
    return snapshot(now, pipeline, tally, new Map(since.flat()));
  },
});
