import { customerSettled } from '../../events/customer.ts';
import { recompute } from '../computed-attributes/compute-jobs.ts';
import { faultOf, log } from '../shared/aws/log.ts';
import type { Ctx } from '../shared/http/context.ts';
import { continueJob, jobs, startJob } from '../shared/jobs/job.ts';
import type { Work } from '../shared/jobs/work.ts';
import { type Change, insert, schedule, update, updated } from '../shared/store/changes.ts';
import { isConflict } from '../shared/store/retry-on-conflict.ts';
import { plus } from '../shared/time/duration.ts';
import { type Merge, merges } from './merge.ts';
import { type At, type Moved, moveRecords } from './move-records.ts';
import { undoMove } from './undo-merge.ts';

type Direction = {
  under: Merge['state'];
  done: Merge['state'];
  customers: (merge: Merge) => string[];
  move: (merge: Merge, at: At | null, ctx: Ctx) => Promise<Moved>;
};

type Kind = 'merge' | 'unmerge';

const directions: Record<Kind, Direction> = {
  merge: { under: 'moving', done: 'merged', customers: ({ into }) => [into], move: moveRecords },
  unmerge: { under: 'unmerging', done: 'unmerged', customers: ({ into, from }) => [into, from], move: undoMove },
};

/** pages moved within the request: as much as most customers have */
const pagesAtOnce = 8;

/** trackers use the old id for five minutes more; what they file under it is moved after this */
const stragglersAfter = 'PT10M';

/** the job that moves everything, even if the request that starts it fails */
export const moveJob = (kind: Kind, merge: Merge, { now, actor }: Pick<Ctx, 'now' | 'actor'>): Change[] => {
  const { into, from, id } = merge;
  const { job } = startJob(now, { id: merge.job, kind, by: actor, input: { into, from, id } });
  return [insert(jobs, job), continueJob(job, plus(now, stragglersAfter))];
};

/** what follows from the records of customers is found again, now that they have been moved */
const settled = async (ctx: Ctx, customers: string[], { into, from }: Merge): Promise<Change[]> => [
  ...(await recompute(ctx, customers)),
  ...[into, from].map(id => schedule(ctx.now, customerSettled, { customerId: id, about: id, data: {} })),
];

const finish = async (merge: Merge, { done, customers }: Direction, ctx: Ctx) => {
  const finished = update(merges, merge, updated(ctx.now, merge, { state: done }));
  await ctx.store.commit([finished, ...(await settled(ctx, customers(merge), merge))]);
};

/** Moves records within the request, so that reads after the reply are complete; the job moves what is left. */
export const moveNow = async (kind: Kind, merge: Merge, ctx: Ctx) => {
  const direction = directions[kind];
  try {
    let at: At | null = null;
    for (let page = 0; page < pagesAtOnce; page++) {
      at = (await direction.move(merge, at, ctx)).next;
      if (!at) return await finish(merge, direction, ctx);
    }
    await ctx.store.commit([continueJob({ id: merge.job, kind, slice: 0 })]);
  } catch (error) {
    // the merge itself is committed and cannot be refused any more
    if (!isConflict(error)) log('warn', 'moving is left to the job', { merge: merge.id, ...faultOf(error) });
  }
};

type Input = Pick<Merge, 'into' | 'from' | 'id'>;

/** The same as a job, from where the request stopped. After a merge it runs once more, for what was filed under the old id since. */
export const moveWork = (kind: Kind): Work => ({
  async slice({ input, cursor }, ctx) {
    const direction = directions[kind];
    const merge = await ctx.store.get(merges, input as Input);
    const again = kind === 'merge' && merge?.state === direction.done;
    if (!merge || (merge.state !== direction.under && !again)) return { cursor: null };
    const { next, counts } = await direction.move(merge, cursor as At | null, ctx);
    if (again) return { cursor: next, counts, changes: counts.events ? await settled(ctx, [merge.into], merge) : [] };
    if (next) return { cursor: next, counts };
    await finish(merge, direction, ctx);
    if (kind === 'unmerge') return { cursor: null, counts };
    return { cursor: { area: 0, after: null }, at: plus(ctx.now, stragglersAfter), counts };
  },
});
