import * as z from 'zod';
import { handlers } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { insert, updated } from '../../shared/store/changes.ts';
import { cursorOf, readCursor } from '../../shared/store/cursor.ts';
import { putRecord } from '../../shared/store/records.ts';
import { stageInUse } from '../errors.ts';
import { atStage, opportunities } from '../opportunities/opportunity.ts';
import { allPipelines, builtIn, PipelineId, pipelineById, pipelines, type Stage } from './pipeline.ts';
import { pipelineRoutes } from './pipeline-routes.ts';
import { openStages, snapshot } from './snapshot.ts';
import { readTally, type Tally } from './tally.ts';

/** refuses to remove stages that open opportunities are at */
const refuseStagesInUse = (stages: Stage[], tally: Tally) => {
  const missing = openStages(tally).filter(stage => !stages.some(({ id }) => id === stage));
  if (!missing.length) return;
  const message = `Open opportunities are at ${missing.join(', ')}. Advance them first.`;
  throw stageInUse(message, { extra: { stages: missing } });
};

export const pipelineHandlers = handlers(pipelineRoutes, {
  putPipeline: async ({ params, body }, { now, store }) => {
    const { id } = parse(z.object({ id: PipelineId }), params);
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
