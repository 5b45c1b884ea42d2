import { newId } from '../../../events/ids.ts';
import { jobCancelled } from '../../../events/job.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { continueJob, type Job, jobs, waitingJob } from '../../shared/jobs/job.ts';
import { type Change, emit, insert, update, updated } from '../../shared/store/changes.ts';
import { nextRun } from './next-run.ts';
import { type HygieneSettings, walkedRules } from './rules.ts';

export const hygieneKind = 'hygiene';

/** in whose name customers are gone through at night */
const by = 'rapport:hygiene';

type Nightly = { jobId?: string; changes: Change[] };

const ended = (now: string, job: Job): Change[] => [
  update(jobs, job, updated(now, job, { state: 'cancelled' })),
  emit(jobCancelled, { about: job.id, data: { kind: job.kind, counts: job.counts } }),
];

const begun = (now: string, settings: HygieneSettings): Required<Nightly> => {
  const job: Job = { ...waitingJob(now, { id: newId('job', now), kind: hygieneKind, by }), state: 'running' };
  return { jobId: job.id, changes: [insert(jobs, job), continueJob(job, nextRun(now, settings))] };
};

/** What becomes of the job that runs at night when the rules change: it runs as long as a rule needs it, at the hour they say. */
export const nightly = async (
  before: HygieneSettings & { jobId?: string | undefined },
  after: HygieneSettings,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
): Promise<Nightly> => {
  const found = before.jobId === undefined ? undefined : await store.get(jobs, { id: before.jobId });
  const running = found?.state === 'running' ? found : undefined;
  const isNeeded = walkedRules(after).length > 0;
  const isInTime = before.at === after.at && before.timeZone === after.timeZone;
  if (running && isNeeded && isInTime) return { jobId: running.id, changes: [] };
  const stopping = running ? ended(now, running) : [];
  if (!isNeeded) return { changes: stopping };
  const { jobId, changes } = begun(now, after);
  return { jobId, changes: [...stopping, ...changes] };
};
