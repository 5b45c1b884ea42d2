import { newId } from '../../events/ids.ts';
import { anyRule, retentionOf } from '../customers/retention-settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { RunInput } from './apply-retention.ts';
import type { retentionRoutes } from './retention-routes.ts';

export const runRetention: Handler<typeof retentionRoutes.runRetention> = async ({ body }, { now, actor, store }) => {
  if (!anyRule(await retentionOf(store))) {
    throw new ApiError(
      'conflict',
      'retention.not-set',
      'everything is kept for good: PUT /v1/settings/retention first',
    );
  }
  const input: RunInput = { dryRun: body.dryRun, at: now };
  const { job, changes } = startJob(now, { id: newId('job', now), kind: 'retention', by: actor, input });
  return store.commit(changes, { ...job, dryRun: body.dryRun });
};
