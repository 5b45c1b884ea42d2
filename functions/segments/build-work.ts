import { madeAt } from '../../events/ids.ts';
import { memberships } from '../customer-facts/membership.ts';
import { customers } from '../customers/customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Job, startJob } from '../shared/jobs/job.ts';
import { stragglersAfter, type Walk, walked, walkOf } from '../shared/jobs/walk.ts';
import type { SliceCtx, Work } from '../shared/jobs/work.ts';
import { firstError, settleConcurrent } from '../shared/map-concurrent.ts';
import { remove } from '../shared/store/changes.ts';
import { minus } from '../shared/time/duration.ts';
import { judge } from './judge.ts';
import { schemesByIds } from './scheme.ts';

const most = { judged: 200, concurrent: 10, cleared: 90 };

type Input = {
  schemes: string[];
  /** whom alone it can have changed for */
  customers?: string[];
  /** also a scheme that another job was started for since */
  again?: true;
};

type By = Pick<Ctx, 'now' | 'actor'>;

export const startBuild = ({ now, actor }: By, input: Input) =>
  startJob(now, { kind: 'build-segments', by: actor, input });

export const startClearing = ({ now, actor }: By, segmentIds: string[]) =>
  segmentIds.length
    ? startJob(now, { kind: 'clear-segments', by: actor, input: { segments: segmentIds } }).changes
    : [];

/** a page of customers; in the second pass of those that were created shortly before the job, or since */
const pageOf = async ({ id, input }: Job, { pass, after }: Walk, { store, perSlice }: SliceCtx) => {
  const { customers: some } = input as Input;
  if (some) return { ids: some, next: null };
  const paging = { limit: perSlice(most.judged), cursor: after ?? undefined };
  const { items, nextCursor } = await store.list(customers, 'all', 'all', paging);
  const since = minus(madeAt(id), stragglersAfter);
  const wanted = pass === 1 ? items : items.filter(({ createdAt }) => createdAt > since);
  return { ids: wanted.map(one => one.id as string), next: wanted.length < items.length ? null : nextCursor };
};

/** Judges all customers by some schemes: each customer once by all of them. */
export const buildWork: Work = {
  async slice(job, ctx) {
    const input = job.input as Input;
    const found = await schemesByIds(ctx.store, input.schemes);
    const schemes = found.filter(one => input.again || one.job === job.id);
    if (!schemes.length) return { cursor: null };
    const at = walkOf(job);
    const { ids, next } = await pageOf(job, at, ctx);
    const done = await settleConcurrent(ids, most.concurrent, customerId => judge({ customerId, schemes }, ctx));
    const failed = ids.filter((_, nth) => done[nth]!.status === 'rejected');
    // all of a page: the customers are not the cause
    if (failed.length && (input.customers || failed.length === ids.length)) throw firstError(done);
    const counts = { customers: ids.length };
    const apart = failed.length ? startBuild(ctx, { ...input, customers: failed, again: true }).changes : [];
    return { ...(input.customers ? { cursor: null } : walked(at, next, ctx.now)), counts, changes: apart };
  },
};

/** Removes the members of deleted segments, without an event for each. */
export const clearWork: Work = {
  async slice(job, { now, store, perSlice }) {
    const { segments } = job.input as { segments: string[] };
    const at: Walk & { nth?: number } = walkOf(job);
    const { nth = 0, pass, after } = at;
    const paging = { limit: perSlice(most.cleared), cursor: after ?? undefined };
    const { items, nextCursor } = await store.list(memberships, 'segment', segments[nth] ?? '', paging);
    const there = await store.getAll(memberships, items);
    await store.commit(there.map(member => remove(memberships, member)));
    const counts = { removed: there.length };
    if (!nextCursor && nth + 1 < segments.length) return { cursor: { pass, after: null, nth: nth + 1 }, counts };
    return { ...walked(at, nextCursor, now), counts };
  },
};
