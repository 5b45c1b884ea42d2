import { jobCancelled } from '../../../events/job.ts';
import { next, say, update } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import { Refusal } from '../../shared/refusal.ts';
import type { routes } from './contract.ts';
import { jobs } from './job.ts';

export const cancelJob: UseCase<typeof routes.cancelJob> = async ({ params: { id = '' } }, { now, store }) => {
  const job = await store.need(jobs, { id });
  if (job.state !== 'waiting' && job.state !== 'running') {
    throw new Refusal('conflict', 'job.over', `this job is ${job.state} already`);
  }
  const after = next(now, job, { state: 'cancelled' });
  const { kind, counts } = job;
  return store.commit([update(jobs, job, after), say(jobCancelled, { about: id, data: { kind, counts } })], after);
};
