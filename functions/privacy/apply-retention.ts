import { retentionApplied, retentionDue } from '../../events/retention.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { limitsData, purposesOf } from '../customers/purpose.ts';
import { cutoffsOf, nextNight, retentionSettings, swept } from '../customers/retention-settings.ts';
import { settingsOf } from '../customers/settings.ts';
import type { EventDetail } from '../customers/timeline.ts';
import { mergeUnderWay } from '../merging/errors.ts';
import { mergedWith } from '../merging/merge.ts';
import { isProblem } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { SliceCtx, Sliced, Work } from '../shared/jobs/work.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { type Change, emit, put } from '../shared/store/changes.ts';
import type { Item, Place } from '../shared/store/entity.ts';
import { allEvents } from '../shared/store/filters.ts';
import { plus } from '../shared/time/duration.ts';
import { applyInactivityRule, type Run } from './apply-inactivity-rule.ts';
import { discardValues, eventCutoffs, outdated, withoutValuesIn } from './apply-purposes.ts';
import { holdOn } from './erasure/legal-hold.ts';

const limits = { customers: 20, concurrent: 4, items: 1_000, discarded: 2_000, replaced: 25 };

export type RunInput = { dryRun: boolean; at: string };

/** where the next slice begins; `again`: the same customers have more to discard */
type Position = { after: string | null; again: boolean };

const isHeld = async (id: string, { now, store }: Ctx) => {
  try {
    return (await holdOn(store, now, [id, ...(await mergedWith(store, id))])) !== undefined;
  } catch (error) {
    // left to the next run
    if (isProblem(error, mergeUnderWay)) return true;
    throw error;
  }
};

type Old = { of: Place['of']; from: string; to: string | undefined; is?: (item: Item) => boolean };

/** Discards items between two sort keys, or only counts them; `more`: there are more than a slice covers. */
const discardOld = async ({ of, from, to, is = () => true }: Old, dryRun: boolean, { store, perSlice }: SliceCtx) => {
  if (!to) return { count: 0, more: false };
  let count = 0;
  let after: string | undefined;
  do {
    const part = { limit: perSlice(limits.items), within: { from, to }, upwards: true, after };
    const { items, last } = await store.partition(of, part);
    const old = items.filter(is);
    if (!dryRun) await store.discard(old.map(({ sk }) => ({ of, part: sk })));
    count += old.length;
    after = last;
  } while (after && count < limits.discarded);
  return { count, more: after !== undefined };
};

const isTracked = ({ type }: Item) => String(type).startsWith('tracked.');

/** discards the old behaviour and decisions of a customer; other contexts discard their own data */
const discard = async ({ id }: StoredCustomer, { cutoffs, since, dryRun }: Run, ctx: SliceCtx) => {
  const to = cutoffs.tracked && `@${cutoffs.tracked}`;
  const behaviour: Old = { of: ['customer', id], from: `@${since.tracked ?? ''}`, to, is: isTracked };
  const decisions: Old = { of: ['decision', id], from: since.decisions ?? '0', to: cutoffs.decisions };
  const [tracked, decided] = await Promise.all([
    discardOld(behaviour, dryRun, ctx),
    discardOld(decisions, dryRun, ctx),
  ]);
  return { tracked: tracked.count, decisions: decided.count, more: tracked.more || decided.more };
};

/** discards what serves only purposes whose time is over: values of attributes, wherever they are shown, and events */
const discardUnserved = async (customer: StoredCustomer, { limited, settings, dryRun, at }: Run, ctx: SliceCtx) => {
  const { now, store, perSlice } = ctx;
  const of: Place['of'] = ['customer', customer.id];
  const cutoffs = eventCutoffs(limited, at);
  const isOld = ({ type, doc }: Item) => (doc as EventDetail).occurredAt < (cutoffs.get(String(type)) ?? '');
  const to = [...cutoffs.values()].sort().at(-1);
  const events = await discardOld({ of, from: '@', to: to && `@${to}`, is: isOld }, dryRun, ctx);
  const attributes = outdated(customer, limited, settings, at);
  if (!attributes.length || dryRun) return { events, attributes: attributes.length };
  let after: string | undefined;
  do {
    const { items, last } = await store.partition(of, { limit: perSlice(limits.items), within: allEvents, after });
    const changes = withoutValuesIn(items, attributes);
    for (let nth = 0; nth < changes.length; nth += limits.replaced) {
      await store.commit(changes.slice(nth, nth + limits.replaced));
    }
    after = last;
  } while (after);
  // last: it is what shows that something is left to do
  await store.commit(discardValues(customer, attributes, settings, now));
  return { events, attributes: attributes.length };
};

const due = (all: StoredCustomer[], { id, cutoffs, dryRun }: Run, now: string): Change[] => {
  const { messages, cases } = cutoffs;
  if (!all.length || (!messages && !cases)) return [];
  const data = {
    dryRun,
    customerIds: all.map(customer => customer.id),
    ...(messages ? { messagesBefore: messages } : {}),
    ...(cases ? { casesClosedBefore: cases } : {}),
  };
  return [emit(retentionDue, { about: id, data, until: plus(now, 'P30D') })];
};

const finished = (run: Run, counts: Record<string, number>): Change[] => {
  const { tracked, decisions } = run.cutoffs;
  const upTo = { ...(tracked ? { tracked } : {}), ...(decisions ? { decisions } : {}) };
  const event = emit(retentionApplied, { about: run.id, data: { dryRun: run.dryRun, counts } });
  // the data of customers under a legal hold is still there
  return run.dryRun || counts.held ? [event] : [put(swept, upTo), event];
};

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

/** Covers all customers once, but those under a legal hold. A repeated slice covers what is left of it. */
export const applyRetention: Work = {
  async slice({ id, input, cursor, counts: before }, ctx): Promise<Sliced> {
    const { dryRun, at } = input as RunInput;
    const { after, again } = (cursor as Position | null) ?? { after: null, again: false };
    const [rules, since = {}, { items, nextCursor }] = await Promise.all([
      retentionSettings.of(ctx.store),
      ctx.store.get(swept, {}),
      ctx.store.list(customers, 'all', 'all', { limit: ctx.perSlice(limits.customers), cursor: after ?? undefined }),
    ]);
    const [purposes, settings] = await Promise.all([purposesOf(ctx.store), settingsOf(ctx.store)]);
    const limited = purposes.some(({ retention }) => retention) ? purposes : [];
    const run: Run = { id, dryRun, at, rules, cutoffs: cutoffsOf(rules, at), since, limited, settings };
    const held = await mapConcurrent(items, limits.concurrent, customer => isHeld(customer.id, ctx));
    const free = items.filter((_, nth) => !held[nth]);
    // before the events that show activity are discarded
    const applied = again
      ? []
      : await mapConcurrent(free, limits.concurrent, customer => applyInactivityRule(customer, run, ctx));
    const discarded = await mapConcurrent(free, limits.concurrent, customer => discard(customer, run, ctx));
    const unserved = await mapConcurrent(limited.length ? free : [], limits.concurrent, one =>
      discardUnserved(one, run, ctx),
    );
    const counts = {
      customers: again ? 0 : items.length,
      held: again ? 0 : items.length - free.length,
      tracked: sum(discarded.map(({ tracked }) => tracked)),
      decisions: sum(discarded.map(({ decisions }) => decisions)),
      inactive: sum(applied.map(({ inactive }) => inactive)),
      ...(limited.length
        ? {
            events: sum(unserved.map(({ events }) => events.count)),
            attributes: sum(unserved.map(({ attributes }) => attributes)),
          }
        : {}),
    };
    const isMore = [...discarded, ...unserved.map(({ events }) => events)].some(({ more }) => more);
    const changes = [...applied.flatMap(one => one.changes), ...(again ? [] : due(free, run, ctx.now))];
    // in a dry run the same items would be counted again
    if (!dryRun && isMore) return { cursor: { after, again: true }, counts, changes };
    if (nextCursor) return { cursor: { after: nextCursor, again: false }, counts, changes };
    const total = Object.fromEntries(
      Object.entries(counts).map(([name, count]) => [name, count + (before[name] ?? 0)]),
    );
    return { cursor: null, counts, changes: [...changes, ...finished(run, total)] };
  },
};

/** Starts a run each night, while there is a rule and the settings name this job. */
export const retentionNights: Work = {
  async slice({ id, by }, { now, store }) {
    const settings = await retentionSettings.of(store);
    if (settings.nights !== id || !(await limitsData(store, settings))) return { cursor: null };
    const input: RunInput = { dryRun: false, at: now };
    const { changes } = startJob(now, { kind: 'retention', by, input });
    return { cursor: { latest: now }, at: nextNight(now, settings.timeZone), counts: { nights: 1 }, changes };
  },
};
