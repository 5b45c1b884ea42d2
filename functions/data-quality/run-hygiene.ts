import { newId } from '../../events/ids.ts';
import { Refusal } from '../shared/http/api-error.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { started } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';
import { hygieneKind } from './hygiene/nightly.ts';
import { hygieneOf, walkedRules } from './hygiene/rules.ts';

/** Goes through all customers now, as it is done every night. */
export const runHygiene: UseCase<typeof routes.runHygiene> = async (_, { now, actor, store }) => {
  if (!walkedRules(await hygieneOf(store)).length) {
    throw new Refusal('conflict', 'hygiene.no-rules', 'no active rule goes through all customers');
  }
  const asked = { id: newId('job', now), kind: hygieneKind, by: actor, input: { once: true } };
  const { job, changes } = started(now, asked);
  return store.commit(changes, { jobId: job.id });
};
