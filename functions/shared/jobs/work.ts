import type { Ctx } from '../http/context.ts';
import type { Change } from '../store/changes.ts';
import type { Job } from './job.ts';

/** What a slice did. Counts are added to the job's. */
export type Sliced = {
  /** where the next slice begins; null: the work is done */
  cursor: NonNullable<Job['cursor']> | null;
  counts?: Record<string, number>;
  at?: string;
  result?: Job['result'];
  changes?: Change[];
};

/** What a slice runs with: it acts in the name of the requester. */
export type SliceCtx = Ctx & {
  /** how many things a slice takes: as many as its work says, fewer when they take long, and few in tests */
  perSlice(usual: number): number;
};

/**
 * A kind of work. `slice` does a bounded part of it, a few seconds long by count of things; it may end earlier when `ctx.timeLeft()` runs short. It may commit what
 * it does as it goes: after a crash, or a second delivery, the same slice is done again from the same cursor, so doing it
 * again must come to the same. An `ApiError` thrown ends the job as failed.
 */
export type Work = {
  slice(job: Job, ctx: SliceCtx): Promise<Sliced>;
  failed?(job: Job, problem: string): Change[];
  /** what is left to be done when the job has failed or was cancelled */
  left?(job: Job, ctx: Ctx): Change[];
};
