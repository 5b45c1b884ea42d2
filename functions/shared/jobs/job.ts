import * as z from 'zod';
import type { JobKind } from '#declared/job-kinds.ts';
import { newId } from '../../../events/ids.ts';
import { jobContinued } from '../../../events/job.ts';
import { conflict } from '../http/api-error.ts';
import { Instant, type Scope, stamps } from '../http/contract.ts';
import { type Change, created, emit, insert, schedule } from '../store/changes.ts';
import { entity } from '../store/entity.ts';
import { plus } from '../time/duration.ts';

const jobRunning = conflict('job.running', 'A job of this kind is running. Wait until it has finished.');

/** Work that is longer than a request, done in slices: see run-jobs.ts. */
export const Job = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  by: z.string(),
  cancelScope: z
    .string()
    .optional()
    .describe(
      'the scope that may cancel it; a job without one cannot be cancelled: what it has begun must be finished',
    ),
  /** no other of its kind may run at the same time */
  single: z.literal(true).optional(),
  input: z.json(),
  /** where the next slice begins, in the work's own terms; null before the first */
  cursor: z.json(),
  slice: z.int().min(0),
  counts: z.record(z.string(), z.int()),
  result: z.json(),
  problem: z.string().optional(),
  /** a slice failed by an internal error and is tried again: how often, and since when */
  retry: z.object({ attempts: z.int(), since: Instant }).optional(),
  /** into how many times as many slices its work is divided, by the time that they took */
  share: z.int().optional(),
  ...stamps,
});
export type Job = z.output<typeof Job>;

export const JobReport = Job.omit({ cursor: true, slice: true, single: true, share: true });

export const jobs = entity('job', Job, {
  onErase: 'not-personal',
  lists: { kind: { by: ({ kind }) => kind }, all: { by: () => 'all' } },
  unique: {
    single: {
      taken: jobRunning,
      of: ({ kind, state, single }) => (single && state === 'running' ? kind : undefined),
    },
  },
});

type JobRequest = Pick<Job, 'by'> & { kind: JobKind; cancelScope?: Scope } & Partial<
    Pick<Job, 'id' | 'input' | 'result' | 'single'>
  >;

export const waitingJob = (now: string, request: JobRequest): Job =>
  created(now, {
    id: newId('job', now),
    input: null,
    result: null,
    ...request,
    state: 'waiting',
    cursor: null,
    slice: 0,
    counts: {},
  } as const);

export const continueJob = ({ id, kind, slice }: Pick<Job, 'id' | 'kind' | 'slice'>, at?: string): Change => {
  const continued = { about: id, data: { kind, slice } };
  return at === undefined ? emit(jobContinued, continued) : schedule(at, jobContinued, continued);
};

/** for how long what a job did can be undone, and for how long its log is stored: undoing may last */
const undoableFor = 'P30D';
const storedFor = 'P37D';

export const undoableUntil = ({ createdAt }: Pick<Job, 'createdAt'>) => plus(createdAt, undoableFor);

export const storedUntil = (now: string) => plus(now, storedFor);

/** a slice that was running when its job was cancelled may run for this long */
const longestSlice = 'PT1M';

/** Starts a job; one that takes back what `undone` did begins when no slice of that can be running any more. */
export const startJob = (now: string, request: JobRequest, undone?: Job): { job: Job; changes: Change[] } => {
  const job: Job = { ...waitingJob(now, request), state: 'running' };
  const quietAt = undone && undone.state !== 'done' ? plus(undone.updatedAt, longestSlice) : now;
  return { job, changes: [insert(jobs, job), continueJob(job, quietAt > now ? quietAt : undefined)] };
};
