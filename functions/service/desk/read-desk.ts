import { allOf } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import { general, queues } from './queue.ts';

/** every queue, the built-in one last unless it has been replaced */
export const readQueues = async (store: Store) => {
  const all = await allOf(store, queues);
  return all.some(({ id }) => id === general.id) ? all : [...all, general];
};
export type AnyQueue = Awaited<ReturnType<typeof readQueues>>[number];
