import { madeAt } from '../../events/ids.ts';
import { computedOf, computedSource, isComputed } from '../customers/attributes/definitions.ts';
import { originOf } from '../customers/attributes/origins.ts';
import { customers, isActive } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { SliceCtx, Work } from '../shared/jobs/work.ts';
import { type Change, remove } from '../shared/store/changes.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { plus } from '../shared/time/duration.ts';
import { applyComputed } from './apply-computed.ts';
import { computeFor } from './compute-jobs.ts';
import { fill, type Run } from './fill.ts';
import { tallies } from './tally.ts';

/** customers listed in a slice, customers at a time, and how often: each time a page of a timeline */
const most = { listed: 80, concurrent: 10, rounds: 8, withdrawn: 50 };

/** by then every request and event from before the definition is done, and lists show what it wrote */
const stragglersAfter = 'PT1M';

const againAfter = 'PT1H';

type Input = { attribute?: string; customers?: string[]; adoptedSince?: string };

/** customers to do, each with the sort key of its timeline to continue after; the position on the list of all customers */
type At = { pass: number; left: { id: string; after: string | null }[]; list: string | null; ended: boolean };

const runOf = async ({ id, input }: Job, { store }: Ctx): Promise<Run> => {
  const { attribute, adoptedSince } = input as Input;
  const all = computedOf(await settingsOf(store));
  // a definition that was changed since has a job of its own
  const definitions = attribute ? all.filter(({ job }) => job === id) : all;
  return { run: id, definitions, ...(adoptedSince ? { adoptedSince } : {}) };
};

/** the customers of a page that are still to be done; younger ones have no events from before the definition */
const listed = async ({ id, input }: Job, { list }: At, { store, perSlice }: SliceCtx) => {
  const { attribute = '' } = input as Input;
  const paging = { limit: perSlice(most.listed), cursor: list ?? undefined };
  const page = await store.list(customers, 'all', 'all', paging);
  const keys = page.items.map(one => ({ customerId: one.id, attribute }));
  const stored = new Map((await store.getAll(tallies, keys)).map(tally => [tally.customerId as string, tally]));
  const left = page.items.filter(customer => {
    const tally = stored.get(customer.id);
    if (!tally) return customer.createdAt <= madeAt(id);
    return tally.of < id || (tally.run === id && !tally.filled);
  });
  return { left: left.map(one => ({ id: one.id as string, after: null })), list: page.nextCursor };
};

const first = ({ customers: some }: Input): At => ({
  pass: some ? 2 : 1,
  left: (some ?? []).map(id => ({ id, after: null })),
  list: null,
  ended: some !== undefined,
});

const fillSome = async (left: At['left'], run: Run, ctx: Ctx): Promise<At['left']> => {
  const [some, others] = [left.slice(0, most.concurrent), left.slice(most.concurrent)];
  const filled = await Promise.all(some.map(async one => ({ ...one, after: await fill(one.id, one.after, run, ctx) })));
  return [...filled.filter(({ after }) => after !== null), ...others];
};

/** Computes the values of an attribute for all customers, or all computed values of some, from their timelines. */
export const computeWork: Work = {
  async slice(job, ctx) {
    const run = await runOf(job, ctx);
    if (!run.definitions.length) return { cursor: null };
    const at = (job.cursor as At | null) ?? first(job.input as Input);
    let [{ left }, { list, ended }] = [at, at];
    if (!left.length && !ended) {
      const page = await listed(job, at, ctx);
      [left, list, ended] = [page.left, page.list, page.list === null];
    }
    const before = left.length;
    for (let round = 0; round < most.rounds && left.length; round++) left = await fillSome(left, run, ctx);
    const counts = { customers: before - left.length };
    if (left.length || !ended) return { cursor: { ...at, left, list, ended }, counts };
    if (at.pass === 2) return { cursor: null, counts };
    return { cursor: { pass: 2, left: [], list: null, ended: false }, at: plus(ctx.now, stragglersAfter), counts };
  },
  // a stopped definition shows it as its state; of a single customer nothing would show it
  left({ input }, ctx) {
    const { customers: some, adoptedSince } = input as Input;
    if (!some) return [];
    const again = { customers: some, ...(adoptedSince ? { adoptedSince } : {}) };
    return computeFor(ctx, again, plus(ctx.now, againAfter));
  },
};

type Withdrawal = { id: string; attribute: string };

const withdrawFrom = async (customerId: string, { id, attribute }: Withdrawal, { now, store }: Ctx) => {
  const [customer, tally, settings] = await Promise.all([
    store.get(customers, { id: customerId }),
    store.get(tallies, { customerId, attribute }),
    settingsOf(store),
  ]);
  if (!customer || !isActive(customer) || (tally && tally.of > id)) return false;
  const isComputedValue = originOf(customer, attribute).source === computedSource;
  const value = isComputedValue ? applyComputed(now, customer, [{ attribute, value: undefined }], settings) : [];
  const changes: Change[] = [...(tally ? [remove(tallies, tally)] : []), ...value];
  if (changes.length) await store.commit(changes);
  return changes.length > 0;
};

/** Deletes the values of an attribute that is no longer computed from all customers, twice. */
export const withdrawWork: Work = {
  async slice({ id, input, cursor }, ctx) {
    const { attribute } = input as { attribute: string };
    const { definitions } = await settingsOf(ctx.store);
    // defined as computed again: that job handles all customers itself
    if (definitions.some(one => one.attribute === attribute && isComputed(one))) return { cursor: null };
    const { pass, after } = (cursor as { pass: number; after: string | null } | null) ?? { pass: 1, after: null };
    const paging = { limit: ctx.perSlice(most.withdrawn), cursor: after ?? undefined };
    const page = await ctx.store.list(customers, 'all', 'all', paging);
    let withdrawn = 0;
    for (const customer of page.items) {
      if (await retryOnConflict(() => withdrawFrom(customer.id, { id, attribute }, ctx), isConflict)) withdrawn++;
    }
    const counts = { looked: page.items.length, withdrawn };
    if (page.nextCursor) return { cursor: { pass, after: page.nextCursor }, counts };
    if (pass === 2) return { cursor: null, counts };
    return { cursor: { pass: 2, after: null }, at: plus(ctx.now, stragglersAfter), counts };
  },
};
