import { newId } from '../../events/ids.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';
import { hygieneKind } from './hygiene/nightly.ts';
import { hygieneOf, walkedRules } from './hygiene/rules.ts';

/** Goes through all customers now, as it is done every night. */
export const runHygiene: Handler<typeof routes.runHygiene> = async (_, { now, actor, store }) => {
  if (!walkedRules(await hygieneOf(store)).length) {
    throw new ApiError('conflict', 'hygiene.no-rules', 'no active rule goes through all customers');
  }
  const asked = { id: newId('job', now), kind: hygieneKind, by: actor, input: { once: true } };
  const { job, changes } = startJob(now, asked);
  return store.commit(changes, { jobId: job.id });
};
