import { jobFailed, jobFinished } from '../../../events/job.ts';
import { env } from '../aws/env.ts';
import { consume } from '../events/consume.ts';
import { ApiError } from '../http/api-error.ts';
import type { Ctx } from '../http/context.ts';
import type { Reaction, WorkDeclarations } from '../http/contract.ts';
import { emit, update, updated } from '../store/changes.ts';
import { isConflict } from '../store/retry-on-conflict.ts';
import { continueJob, type Job, jobs } from './job.ts';
import { jobsOf } from './jobs-of.ts';
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

const noteRetry = (job: Job, { now, store }: Ctx, attempts = (job.retry?.attempts ?? 0) + 1): Promise<Job> => {
  const after = updated(now, job, { retry: { attempts, since: job.retry?.since ?? now } });
  return store.commit([update(jobs, job, after)], after).catch(() => job);
};

const mostShares = 1024;

/** the next slice is half as large after one that took half of the time, and twice as large after one that took a tenth */
const nextShare = (share: number, { had, left }: { had: number; left: number }) => {
  if (had - left > had / 2) return Math.min(share * 2, mostShares);
  return had - left < had / 10 ? Math.max(1, Math.floor(share / 2)) : share;
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

/**
 * The reaction that runs a context's jobs: each message is one slice. Its progress - cursor, counts, what is emitted next - is one
 * transaction on the job's version; a message for a slice that is done does nothing.
 */
export const runJobs = <D extends WorkDeclarations>(context: string, declared: D, works: Record<keyof D, Work>) => {
  const continued = jobsOf(declared);
  const runJob: Reaction<typeof continued> = async ({ about, data: { slice } }, reaction) => {
    const found = await reaction.store.get(jobs, { id: about });
    if (found?.slice !== slice) return;
    const work = (works as Record<string, Work>)[found.kind];
    if (!work) throw new Error(`${context} has no work of the kind ${found.kind}`);
    // a slice that was stopped for its time could not say so
    const failures = reaction.delivery - 1;
    const isNoted = found.state !== 'running' || failures <= (found.retry?.attempts ?? 0);
    const job = isNoted ? found : await noteRetry(found, reaction, failures);
    const share = Math.min((job.share ?? 1) * 2 ** failures, mostShares);
    const perSlice = (usual: number) => Math.max(1, Math.floor(env.slice(usual) / share));
    const ctx: SliceCtx = { ...reaction.as(reaction.tenant, job.by), perSlice };
    const had = ctx.timeLeft();
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
      share: nextShare(share, { had, left: ctx.timeLeft() }),
    });
    const next =
      cursor === null ? emit(jobFinished, { about, data: { kind: job.kind, counts } }) : continueJob(after, at);
    await ctx.store.commit([...changes, update(jobs, job, after), next]);
  };
  return consume(`${context}.runJob`, continued, runJob, { once: false });
};
