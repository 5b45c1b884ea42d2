import { newId } from '../../events/ids.ts';
import { Refusal } from '../shared/http/api-error.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { jobs, started } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';

export const reportKind = 'quality-report';

export const startReport: UseCase<typeof routes.startReport> = async (_, { now, actor, store }) => {
  const { items } = await store.list(jobs, 'kind', reportKind, { limit: 1 });
  if (items[0]?.state === 'running') {
    throw new Refusal('conflict', 'quality.running', `the record is being measured: see the job ${items[0].id}`);
  }
  const { job, changes } = started(now, { id: newId('job', now), kind: reportKind, by: actor });
  return store.commit(changes, { jobId: job.id });
};
