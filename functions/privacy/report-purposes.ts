import { newId } from '../../events/ids.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { started } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';

export const reportPurposes: UseCase<typeof routes.reportPurposes> = (_, { now, actor, store }) => {
  const { job, changes } = started(now, { id: newId('job', now), kind: 'purpose-report', by: actor });
  return store.commit(changes, job);
};
