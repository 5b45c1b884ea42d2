import { jobCancelled } from '../../events/job.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';

export const cancelJob: Handler<typeof routes.cancelJob> = async ({ params: { id = '' } }, { now, store }) => {
  const job = await store.need(jobs, { id });
  if (job.state !== 'waiting' && job.state !== 'running') {
    throw new ApiError('conflict', 'job.finished', `this job is ${job.state} already`);
  }
  const after = updated(now, job, { state: 'cancelled' });
  const { kind, counts } = job;
  return store.commit([update(jobs, job, after), emit(jobCancelled, { about: id, data: { kind, counts } })], after);
};
