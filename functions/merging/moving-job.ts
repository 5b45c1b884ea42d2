import type { Ctx } from '../shared/http/context.ts';
import { continueJob, jobs, startJob } from '../shared/jobs/job.ts';
import { type Change, insert } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import type { Merger } from './merger.ts';

/** By then nobody remembers the old id any more: trackers do for five minutes. What was filed under it meanwhile follows. */
export const stragglersAfter = 'PT10M';

type Kind = 'merge' | 'unmerge';

/** the job that sees to it that all has moved, whatever becomes of the request that begins it */
export const movingJob = (kind: Kind, merger: Merger, { now, actor }: Pick<Ctx, 'now' | 'actor'>): Change[] => {
  const { into, from, id } = merger;
  const { job } = startJob(now, { id: merger.job, kind, by: actor, input: { into, from, id } });
  return [insert(jobs, job), continueJob(job, plus(now, stragglersAfter))];
};

/** what makes it begin at once */
export const movingNow = (kind: Kind, { job }: Merger): Change => continueJob({ id: job, kind, slice: 0 });
