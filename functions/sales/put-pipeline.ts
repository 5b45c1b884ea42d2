import * as z from 'zod';
import { ApiError } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { created, insert, update, updated } from '../shared/store/changes.ts';
import { builtIn, PipelineId, pipelines, type Stage } from './pipeline.ts';
import type { pipelineRoutes } from './pipeline-routes.ts';
import { readTally, type Tallied } from './tally.ts';

/** stages that still hold open opportunities must stay */
const needStages = (stages: Stage[], tallied: Tallied) => {
  const used = [...tallied].flatMap(([place, { count }]) =>
    place.startsWith('open#') && count > 0 ? [place.slice(5)] : [],
  );
  const missing = used.filter(stage => !stages.some(({ id }) => id === stage));
  if (!missing.length) return;
  const message = `open opportunities are at ${missing.join(', ')}; advance them first`;
  throw new ApiError('conflict', 'pipeline.stage-in-use', message, { extra: { stages: missing } });
};

export const putPipeline: Handler<typeof pipelineRoutes.putPipeline> = async ({ params, body }, { now, store }) => {
  const { id } = parse(z.object({ id: PipelineId }), params);
  const [before, tallied] = await Promise.all([store.get(pipelines, { id }), readTally(store, id)]);
  needStages(body.stages, tallied);
  if (before) {
    const pipeline = updated(now, before, body);
    return store.commit([update(pipelines, before, pipeline)], pipeline);
  }
  if (id === builtIn.id) {
    const pipeline = { ...updated(now, builtIn, body), createdAt: now };
    return store.commit([insert(pipelines, pipeline)], pipeline);
  }
  const pipeline = created(now, { id, ...body });
  return store.commit([insert(pipelines, pipeline)], new Reply(201, pipeline));
};
