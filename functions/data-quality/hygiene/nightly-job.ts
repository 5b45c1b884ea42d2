import { newId } from '../../../events/ids.ts';
import { jobCancelled } from '../../../events/job.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { continueJob, type Job, jobs, waitingJob } from '../../shared/jobs/job.ts';
import { type Change, emit, insert, update, updated } from '../../shared/store/changes.ts';
import { nextTimeOfDay } from '../../shared/time/time-of-day.ts';
import { type HygieneRules, nightlyRules, type StoredHygiene } from './rules.ts';

export const hygieneKind = 'hygiene';

/** the actor of the nightly job */
const by = 'rapport:hygiene';

const cancelled = (now: string, job: Job): Change[] => [
  update(jobs, job, updated(now, job, { state: 'cancelled' })),
  emit(jobCancelled, { about: job.id, data: { kind: job.kind, counts: job.counts } }),
];

/** What becomes of the nightly job when the rules change: it runs as long as a rule needs it, at the hour they name. */
export const nightlyJob = async (
  before: StoredHygiene,
  after: HygieneRules,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
): Promise<{ jobId?: string; changes: Change[] }> => {
  const found = before.jobId === undefined ? undefined : await store.get(jobs, { id: before.jobId });
  const running = found?.state === 'running' ? found : undefined;
  const isNeeded = nightlyRules(after).length > 0;
  const isInTime = before.at === after.at && before.timeZone === after.timeZone;
  if (running && isNeeded && isInTime) return { jobId: running.id, changes: [] };
  const stopping = running ? cancelled(now, running) : [];
  if (!isNeeded) return { changes: stopping };
  const job: Job = { ...waitingJob(now, { id: newId('job', now), kind: hygieneKind, by }), state: 'running' };
  const due = continueJob(job, nextTimeOfDay(now, after));
  return { jobId: job.id, changes: [...stopping, insert(jobs, job), due] };
};
