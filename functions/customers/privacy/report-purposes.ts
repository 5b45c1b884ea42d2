import { newId } from '../../../events/ids.ts';
import type { UseCase } from '../../shared/contract.ts';
import { started } from '../jobs/job.ts';
import type { purposeRoutes } from './purpose-routes.ts';

export const reportPurposes: UseCase<typeof purposeRoutes.reportPurposes> = (_, { now, actor, store }) => {
  const { job, changes } = started(now, { id: newId('job', now), kind: 'purpose-report', by: actor });
  return store.commit(changes, job);
};
