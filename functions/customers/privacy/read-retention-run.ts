import type { UseCase } from '../../shared/contract.ts';
import { Refusal } from '../../shared/refusal.ts';
import { retentionRun } from '../../shared/retention-run.ts';
import { jobs } from '../jobs/job.ts';
import type { RunInput } from './apply-retention.ts';
import type { retentionRoutes } from './retention-routes.ts';

export const readRetentionRun: UseCase<typeof retentionRoutes.readRetentionRun> = async (
  { params: { id = '' } },
  { store },
) => {
  const [job, elsewhere] = await Promise.all([store.need(jobs, { id }), store.counters(retentionRun(id))]);
  if (job.kind !== 'retention') throw new Refusal('missing', 'job.not-found', 'there is no such run');
  return { ...job, ...(job.input as RunInput), counts: { ...job.counts, ...elsewhere } };
};
