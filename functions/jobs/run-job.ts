import { jobFailed, jobFinished } from '../../events/job.ts';
import { consume } from '../shared/events/consume.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { continueJob, type Job, jobs } from '../shared/jobs/job.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { works } from './works.ts';

const added = (counts: Job['counts'], more: Job['counts'] = {}) => {
  const names = [...new Set([...Object.keys(counts), ...Object.keys(more)])];
  return Object.fromEntries(names.map(name => [name, (counts[name] ?? 0) + (more[name] ?? 0)]));
};

const failed = async (job: Job, problem: string, ctx: Ctx) => {
  const { id: about, kind } = job;
  const { now, store } = ctx;
  await store.commit([
    update(jobs, job, updated(now, job, { state: 'failed', problem })),
    emit(jobFailed, { about, data: { kind, problem } }),
    ...(works[kind]?.failed?.(job, problem) ?? []),
    ...(works[kind]?.left?.(job, ctx) ?? []),
  ]);
};

/**
 * One slice of a job. Its progress - cursor, counts, what is said next - is one transaction on the job's version; an event
 * for a slice that is done already does nothing.
 */
export const runJob: Reaction<typeof subscriptions.runJob> = async ({ about, data: { slice } }, reaction) => {
  const job = await reaction.store.get(jobs, { id: about });
  if (job?.slice !== slice) return;
  const ctx = reaction.as(reaction.tenant, job.by);
  if (job.state === 'cancelled') await ctx.store.commit(works[job.kind]?.left?.(job, ctx) ?? []);
  if (job.state !== 'running') return;
  const work = works[job.kind];
  if (!work) throw new Error(`there is no work of the kind ${job.kind}`);
  const done = await work.slice(job, ctx).catch(error => {
    if (error instanceof ApiError && error.kind !== 'conflict') return error;
    throw error;
  });
  if (done instanceof ApiError) return failed(job, done.message, ctx);
  const { cursor, result = job.result, changes = [], at } = done;
  const counts = added(job.counts, done.counts);
  const after = updated(ctx.now, job, {
    cursor: cursor ?? job.cursor,
    slice: slice + 1,
    counts,
    result,
    state: cursor === null ? 'done' : 'running',
  });
  const said =
    cursor === null ? emit(jobFinished, { about, data: { kind: job.kind, counts } }) : continueJob(after, at);
  await ctx.store.commit([...changes, update(jobs, job, after), said]);
};

export const handler = consume('runJob', subscriptions.runJob, runJob, { once: false });
