import { newId } from '../../events/ids.ts';
import type { Handler } from '../shared/http/contract.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';

export const reportPurposes: Handler<typeof routes.reportPurposes> = (_, { now, actor, store }) => {
  const { job, changes } = startJob(now, { id: newId('job', now), kind: 'purpose-report', by: actor });
  return store.commit(changes, job);
};
