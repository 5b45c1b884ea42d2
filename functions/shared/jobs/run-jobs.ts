import { jobContinued, jobFailed, jobFinished } from '../../../events/job.ts';
import { env } from '../aws/env.ts';
import { consume } from '../events/consume.ts';
import { ApiError } from '../http/api-error.ts';
import type { Ctx } from '../http/context.ts';
import { on, type Reaction, type WorkDeclarations } from '../http/contract.ts';
import { emit, update, updated } from '../store/changes.ts';
import { isConflict } from '../store/retry-on-conflict.ts';
import { continueJob, type Job, jobs } from './job.ts';
import type { SliceCtx, Work } from './work.ts';

const added = (counts: Job['counts'], more: Job['counts'] = {}) => {
  const names = [...new Set([...Object.keys(counts), ...Object.keys(more)])];
  return Object.fromEntries(names.map(name => [name, (counts[name] ?? 0) + (more[name] ?? 0)]));
};

const fail = async (job: Job, work: Work, { message }: ApiError, ctx: Ctx) => {
  const { id: about, kind } = job;
  await ctx.store.commit([
    update(jobs, job, updated(ctx.now, job, { state: 'failed', problem: message, retry: undefined })),
    emit(jobFailed, { about, data: { kind, problem: message } }),
    ...(work.failed?.(job, message) ?? []),
    ...(work.left?.(job, ctx) ?? []),
  ]);
};

const noteRetry = (job: Job, { now, store }: Ctx) => {
  const retry = { attempts: (job.retry?.attempts ?? 0) + 1, since: job.retry?.since ?? now };
  return store.commit([update(jobs, job, updated(now, job, { retry }))]).catch(() => undefined);
};

const runSlice = async (job: Job, work: Work, ctx: SliceCtx) => {
  try {
    return await work.slice(job, ctx);
  } catch (error) {
    if (error instanceof ApiError && error.kind !== 'conflict') return error;
    if (!isConflict(error)) await noteRetry(job, ctx);
    throw error;
  }
};

const continued = on([jobContinued], 'runs the next slice of a job');

/**
 * The Lambda handler of a context's jobs: each message is one slice. Its progress - cursor, counts, what is emitted next - is one
 * transaction on the job's version; a message for a slice that is done does nothing.
 */
export const runJobs = <D extends WorkDeclarations>(context: string, _: D, works: Record<keyof D, Work>) => {
  const runJob: Reaction<typeof continued> = async ({ about, data: { slice } }, reaction) => {
    const job = await reaction.store.get(jobs, { id: about });
    if (job?.slice !== slice) return;
    const work = (works as Record<string, Work>)[job.kind];
    if (!work) throw new Error(`${context} has no work of the kind ${job.kind}`);
    const ctx: SliceCtx = { ...reaction.as(reaction.tenant, job.by), perSlice: env.slice };
    if (job.state === 'cancelled') await ctx.store.commit(work.left?.(job, ctx) ?? []);
    if (job.state !== 'running') return;
    const done = await runSlice(job, work, ctx);
    if (done instanceof ApiError) return fail(job, work, done, ctx);
    const { cursor, result = job.result, changes = [], at } = done;
    const counts = added(job.counts, done.counts);
    const after = updated(ctx.now, job, {
      cursor: cursor ?? job.cursor,
      slice: slice + 1,
      counts,
      result,
      state: cursor === null ? 'done' : 'running',
      retry: undefined,
    });
    const next =
      cursor === null ? emit(jobFinished, { about, data: { kind: job.kind, counts } }) : continueJob(after, at);
    await ctx.store.commit([...changes, update(jobs, job, after), next]);
  };
  return consume(`${context}.runJob`, continued, runJob, { once: false });
};
