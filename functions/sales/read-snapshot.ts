import type { Handler } from '../shared/http/contract.ts';
import { atStage, opportunities } from './opportunity.ts';
import { needPipeline } from './pipeline-reads.ts';
import type { pipelineRoutes } from './pipeline-routes.ts';
import { snapshot, stagesOf } from './snapshot.ts';
import { placeOf, readTally } from './tally.ts';

export const readSnapshot: Handler<typeof pipelineRoutes.readSnapshot> = async ({ params }, { now, store }) => {
  const pipeline = await needPipeline(store, params.id);
  const tallied = await readTally(store, pipeline.id);
  const occupied = stagesOf(pipeline, tallied).filter(
    ({ id }) => tallied.get(placeOf({ status: 'open', stage: id }))?.count,
  );
  const since = await Promise.all(
    occupied.map(async ({ id }) => {
      const oldest = { limit: 1, upwards: true };
      const { items } = await store.list(opportunities, 'stage', atStage(pipeline.id, id), oldest);
      return items.map(({ stageSince }) => [id, stageSince] as const);
    }),
  );
  return snapshot(now, pipeline, tallied, new Map(since.flat()));
};
