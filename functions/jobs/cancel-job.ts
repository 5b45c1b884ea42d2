import { jobCancelled } from '../../events/job.ts';
import { Refusal } from '../shared/http/api-error.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import { next, say, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';

export const cancelJob: UseCase<typeof routes.cancelJob> = async ({ params: { id = '' } }, { now, store }) => {
  const job = await store.need(jobs, { id });
  if (job.state !== 'waiting' && job.state !== 'running') {
    throw new Refusal('conflict', 'job.over', `this job is ${job.state} already`);
  }
  const after = next(now, job, { state: 'cancelled' });
  const { kind, counts } = job;
  return store.commit([update(jobs, job, after), say(jobCancelled, { about: id, data: { kind, counts } })], after);
};
