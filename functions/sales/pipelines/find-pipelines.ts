import type { Store } from '../../shared/store/store.ts';
import { pipelineNotFound } from '../errors.ts';
import { builtIn, type Pipeline, pipelines } from './pipeline.ts';

/** more than any company defines */
const most = 1000;

/** Every pipeline by its id, the built-in one unless it has been replaced. */
export const allPipelines = async (store: Store): Promise<Pipeline[]> => {
  const { items } = await store.list(pipelines, 'all', 'all', { limit: most, upwards: true });
  const replaced = items.some(({ id }) => id === builtIn.id);
  return [...(replaced ? [] : [builtIn]), ...items].sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** A pipeline, or the built-in one until it has been replaced; refuses with 404 when it does not exist. */
export const pipelineById = async (store: Store, id = builtIn.id): Promise<Pipeline> => {
  const found = await store.get(pipelines, { id });
  if (found) return found;
  if (id === builtIn.id) return builtIn;
  throw pipelineNotFound(`The pipeline ${id} does not exist.`);
};
