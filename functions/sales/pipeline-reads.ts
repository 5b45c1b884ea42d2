import { ApiError } from '../shared/http/api-error.ts';
import type { Store } from '../shared/store/store.ts';
import { builtIn, type Pipeline, pipelines } from './pipeline.ts';

/** a pipeline, the built-in one as long as it is not described; refuses with 404 when there is none */
export const needPipeline = async (store: Store, id = builtIn.id): Promise<Pipeline> => {
  const found = await store.get(pipelines, { id });
  if (found) return found;
  if (id === builtIn.id) return builtIn;
  throw new ApiError('missing', 'pipeline.not-found', `there is no pipeline ${id}`);
};
