import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import { retentionRun } from '../shared/store/retention-run.ts';
import type { RunInput } from './apply-retention.ts';
import type { retentionRoutes } from './retention-routes.ts';

export const readRetentionRun: Handler<typeof retentionRoutes.readRetentionRun> = async (
  { params: { id = '' } },
  { store },
) => {
  const [job, elsewhere] = await Promise.all([store.need(jobs, { id }), store.counters(retentionRun(id))]);
  if (job.kind !== 'retention') throw new ApiError('missing', 'job.not-found', 'there is no such run');
  return { ...job, ...(job.input as RunInput), counts: { ...job.counts, ...elsewhere } };
};
