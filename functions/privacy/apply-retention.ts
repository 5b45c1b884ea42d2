import { retentionApplied, retentionDue } from '../../events/retention.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { cutoffsOf, hasRule, retentionSettings, swept } from '../customers/retention-settings.ts';
import { mergeUnderWay } from '../merging/errors.ts';
import { mergedWith } from '../merging/merge.ts';
import { isProblem } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { Sliced, Work } from '../shared/jobs/work.ts';
import { type Change, emit, put } from '../shared/store/changes.ts';
import type { Item, Place } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { nextTimeOfDay } from '../shared/time/time-of-day.ts';
import { applyInactivityRule, type Run } from './apply-inactivity-rule.ts';
import { holdOn } from './erasure/legal-hold.ts';

const limits = { customers: 20, items: 200, pages: 10 };

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
const discardOld = async (store: Store, { of, from, to, is = () => true }: Old, dryRun: boolean) => {
  let count = 0;
  let after: string | undefined;
  for (let page = 0; to && page < limits.pages; page++) {
    const part = { limit: limits.items, within: { from, to }, upwards: true, after };
    const { items, last } = await store.partition(of, part);
    const old = items.filter(is);
    if (!dryRun) await store.discard(old.map(({ sk }) => ({ of, part: sk })));
    count += old.length;
    after = last;
    if (!after) break;
  }
  return { count, more: after !== undefined };
};

const isTracked = ({ type }: Item) => String(type).startsWith('tracked.');

/** discards the old behaviour and decisions of a customer; other contexts discard their own data */
const discard = async ({ id }: StoredCustomer, { cutoffs, since, dryRun }: Run, { store }: Ctx) => {
  const to = cutoffs.tracked && `@${cutoffs.tracked}`;
  const behaviour: Old = { of: ['customer', id], from: `@${since.tracked ?? ''}`, to, is: isTracked };
  const decisions: Old = { of: ['decision', id], from: since.decisions ?? '0', to: cutoffs.decisions };
  const [tracked, decided] = await Promise.all([
    discardOld(store, behaviour, dryRun),
    discardOld(store, decisions, dryRun),
  ]);
  return { tracked: tracked.count, decisions: decided.count, more: tracked.more || decided.more };
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
    const run: Run = { id, dryRun, rules, cutoffs: cutoffsOf(rules, at), since };
    const held = await Promise.all(items.map(customer => isHeld(customer.id, ctx)));
    const free = items.filter((_, nth) => !held[nth]);
    // before the events that show activity are discarded
    const applied = again ? [] : await Promise.all(free.map(customer => applyInactivityRule(customer, run, ctx)));
    const discarded = await Promise.all(free.map(customer => discard(customer, run, ctx)));
    const counts = {
      customers: again ? 0 : items.length,
      held: again ? 0 : items.length - free.length,
      tracked: sum(discarded.map(({ tracked }) => tracked)),
      decisions: sum(discarded.map(({ decisions }) => decisions)),
      inactive: sum(applied.map(({ inactive }) => inactive)),
    };
    const changes = [...applied.flatMap(one => one.changes), ...(again ? [] : due(free, run, ctx.now))];
    // in a dry run the same items would be counted again
    if (!dryRun && discarded.some(({ more }) => more)) return { cursor: { after, again: true }, counts, changes };
    if (nextCursor) return { cursor: { after: nextCursor, again: false }, counts, changes };
    const total = Object.fromEntries(
      Object.entries(counts).map(([name, count]) => [name, count + (before[name] ?? 0)]),
    );
    return { cursor: null, counts, changes: [...changes, ...finished(run, total)] };
  },
};

export const nextNight = (now: string, timeZone = 'UTC') => nextTimeOfDay(now, { at: '02:00', timeZone });

/** Starts a run each night, while there is a rule and the settings name this job. */
export const retentionNights: Work = {
  async slice({ id, by }, { now, store }) {
    const settings = await retentionSettings.of(store);
    if (settings.nights !== id || !hasRule(settings)) return { cursor: null };
    const input: RunInput = { dryRun: false, at: now };
    const { changes } = startJob(now, { kind: 'retention', by, input });
    return { cursor: { latest: now }, at: nextNight(now, settings.timeZone), counts: { nights: 1 }, changes };
  },
};
