import { newId } from '../../events/ids.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { jobs, startJob } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';

export const reportKind = 'quality-report';

export const startReport: Handler<typeof routes.startReport> = async (_, { now, actor, store }) => {
  const { items } = await store.list(jobs, 'kind', reportKind, { limit: 1 });
  if (items[0]?.state === 'running') {
    throw new ApiError('conflict', 'quality.running', `the record is being measured: see the job ${items[0].id}`);
  }
  const { job, changes } = startJob(now, { id: newId('job', now), kind: reportKind, by: actor });
  return store.commit(changes, { jobId: job.id });
};
