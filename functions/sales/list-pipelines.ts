import type { Handler } from '../shared/http/contract.ts';
import { cursorOf, readCursor } from '../shared/store/cursor.ts';
import { builtIn, pipelines } from './pipeline.ts';
import type { pipelineRoutes } from './pipeline-routes.ts';

/** far more than any company draws */
const most = 1000;

export const listPipelines: Handler<typeof pipelineRoutes.listPipelines> = async ({ query }, { store }) => {
  const { limit, cursor } = query;
  const after = cursor === undefined ? '' : readCursor(cursor);
  const { items } = await store.list(pipelines, 'all', 'all', { limit: most, upwards: true });
  const described = items.some(({ id }) => id === builtIn.id);
  const all = [...(described ? [] : [builtIn]), ...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rest = all.filter(({ id }) => id > after);
  const shown = rest.slice(0, limit);
  return { items: shown, nextCursor: rest.length > limit ? cursorOf(shown.at(-1)!.id) : null };
};
