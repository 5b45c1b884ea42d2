import { ApiError } from '../shared/http/api-error.ts';
import { type Job, jobs } from '../shared/jobs/job.ts';
import type { Store } from '../shared/store/store.ts';
import { conflictOf } from './conflicts.ts';

/** the job of an import, or a refusal with 404 */
export const needImport = async (store: Store, id: string): Promise<Job> => {
  const job = await store.get(jobs, { id });
  if (job?.kind !== 'import') throw new ApiError('missing', 'import.not-found', 'there is no such import');
  return job;
};

/** an import that was not started yet */
export const waitingImport = async (store: Store, id: string): Promise<Job> => {
  const job = await needImport(store, id);
  if (job.state !== 'waiting') throw conflictOf('import.started', `this import is ${job.state} already`);
  return job;
};
