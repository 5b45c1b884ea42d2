import { retentionApplied, retentionDue } from '../../events/retention.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { cutoffsOf, retentionOf, swept } from '../customers/retention-settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Sliced, Work } from '../shared/jobs/work.ts';
import { type Change, emit, put } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';
import { attend, type Run } from './attend.ts';
import { discardOld } from './discard-old.ts';
import { notHeld } from './not-held.ts';

/** customers a slice */
const slice = 20;

export type RunInput = { dryRun: boolean; at: string };

/** where the next slice begins; `again`: the same customers have more than was gone through */
type At = { after: string | null; again: boolean };

const isTracked = ({ type }: Item) => String(type).startsWith('tracked.');

/** discards what is too old of what customers keeps itself */
const discard = async ({ id }: StoredCustomer, { cutoffs, since, dryRun }: Run, { store }: Ctx) => {
  const nothing = { count: 0, more: false };
  const { tracked, decisions } = cutoffs;
  const [behaviour, choices] = await Promise.all([
    tracked
      ? discardOld(
          store,
          { of: ['customer', id], within: { from: `@${since.tracked ?? ''}`, to: `@${tracked}` }, is: isTracked },
          dryRun,
        )
      : nothing,
    decisions
      ? discardOld(store, { of: ['decision', id], within: { from: since.decisions ?? '0', to: decisions } }, dryRun)
      : nothing,
  ]);
  return { tracked: behaviour.count, decisions: choices.count, more: behaviour.more || choices.more };
};

/** tells the other contexts, which discard what they keep themselves */
const telling = (all: StoredCustomer[], { id, cutoffs, dryRun }: Run, now: string): Change[] => {
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
  const said = emit(retentionApplied, { about: run.id, data: { dryRun: run.dryRun, counts } });
  // of who must be kept everything is still there
  return run.dryRun || counts.held ? [said] : [put(swept, upTo), said];
};

const sum = (all: Record<string, number>[], name: string) => all.reduce((total, one) => total + (one[name] ?? 0), 0);

/** Goes through all customers once, but those that must be kept. Doing a slice again finds what is left of it. */
export const applyRetention: Work = {
  async slice({ id, input, cursor, counts: before }, ctx): Promise<Sliced> {
    const { dryRun, at } = input as RunInput;
    const { after, again } = (cursor as At | null) ?? { after: null, again: false };
    const [rules, since = {}, { items, nextCursor }] = await Promise.all([
      retentionOf(ctx.store),
      ctx.store.get(swept, {}),
      ctx.store.list(customers, 'all', 'all', { limit: slice, ...(after ? { cursor: after } : {}) }),
    ]);
    const run: Run = { id, dryRun, rules, cutoffs: cutoffsOf(rules, at), since };
    const free = await notHeld(items, ctx);
    // before anything is discarded that shows it
    const attended = again ? [] : await Promise.all(free.map(customer => attend(customer, run, ctx)));
    const discarded = await Promise.all(free.map(customer => discard(customer, run, ctx)));
    const counts = {
      customers: again ? 0 : items.length,
      held: again ? 0 : items.length - free.length,
      tracked: sum(
        discarded.map(({ more: _, ...one }) => one),
        'tracked',
      ),
      decisions: sum(
        discarded.map(({ more: _, ...one }) => one),
        'decisions',
      ),
      inactive: attended.reduce((total, { inactive }) => total + inactive, 0),
    };
    const changes = [...attended.flatMap(one => one.changes), ...(again ? [] : telling(free, run, ctx.now))];
    // what is only counted is still there: it would be counted again
    if (!dryRun && discarded.some(({ more }) => more)) return { cursor: { after, again: true }, counts, changes };
    if (nextCursor) return { cursor: { after: nextCursor, again: false }, counts, changes };
    const total = Object.fromEntries(
      Object.entries(counts).map(([name, count]) => [name, count + (before[name] ?? 0)]),
    );
    return { cursor: null, counts, changes: [...changes, ...finished(run, total)] };
  },
};
