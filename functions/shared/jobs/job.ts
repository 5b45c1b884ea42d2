import * as z from 'zod';
import { jobContinued } from '../../../events/job.ts';
import { stamps } from '../http/contract.ts';
import { type Change, created, emit, insert, schedule } from '../store/changes.ts';
import { entity } from '../store/entity.ts';

/** Work that is longer than a request, done in slices: see run-job.ts. */
export const Job = z.object({
  id: z.string(),
  /** which work it is, see works.ts */
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** the requester: the job acts in its name */
  by: z.string(),
  /** the request */
  input: z.json(),
  /** where the next slice begins, in the work's own terms; null before the first */
  cursor: z.json(),
  /** slices done */
  slice: z.int().min(0),
  counts: z.record(z.string(), z.int()),
  /** what the work found, in its own terms */
  result: z.json(),
  /** why it failed, in words */
  problem: z.string().optional(),
  ...stamps,
});
export type Job = z.output<typeof Job>;

/** a job as replies show it */
export const JobReport = Job.omit({ cursor: true, slice: true });

export const jobs = entity('job', Job, {
  onErase: 'not-personal',
  lists: { kind: { by: ({ kind }) => kind }, all: { by: () => 'all' } },
});

type JobRequest = Pick<Job, 'id' | 'kind' | 'by'> & Partial<Pick<Job, 'input' | 'result'>>;

/** a job that waits to be started */
export const waitingJob = (now: string, request: JobRequest): Job =>
  created(now, {
    input: null,
    result: null,
    ...request,
    state: 'waiting',
    cursor: null,
    slice: 0,
    counts: {},
  } as const);

/** what makes a job's next slice due, at once or at an instant */
export const continueJob = ({ id, kind, slice }: Pick<Job, 'id' | 'kind' | 'slice'>, at?: string): Change => {
  const continued = { about: id, data: { kind, slice } };
  return at === undefined ? emit(jobContinued, continued) : schedule(at, jobContinued, continued);
};

/** a job that begins at once, and what begins it */
export const startJob = (now: string, request: JobRequest): { job: Job; changes: Change[] } => {
  const job: Job = { ...waitingJob(now, request), state: 'running' };
  return { job, changes: [insert(jobs, job), continueJob(job)] };
};
