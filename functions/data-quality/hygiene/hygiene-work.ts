import { filterByCondition } from '../../customer-facts/reads.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { type CustomerSettings, settingsOf } from '../../customers/settings.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Sliced, Work } from '../../shared/jobs/work.ts';
import type { Change } from '../../shared/store/changes.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { type Doubt, doubtsOf } from './doubt.ts';
import { doubting, mayAsk } from './doubting.ts';
import { type Finding, findingsOf } from './findings.ts';
import { nextRun } from './next-run.ts';
import { hygieneOf, type Rule, walkedRules } from './rules.ts';
import { settling } from './settling.ts';

/** customers a slice, and how many of them are read at a time */
const perSlice = 100;
const abreast = 20;

/** what is asked of one customer in one night */
const mostEach = 10;

/** how a rule fared in one run through all customers */
export type RuleCounts = { found: number; opened: number; heldBack: number };

export type Run = {
  startedAt: string;
  looked: number;
  settled: number;
  rules: Record<string, RuleCounts>;
};

export type FinishedRun = Run & { finishedAt: string };

type At = { after: string | null; run: Run | null };

const countsOf = (run: Run, rule: string) => {
  run.rules[rule] ??= { found: 0, opened: 0, heldBack: 0 };
  return run.rules[rule];
};

type Slice = { job: Job; run: Run; settings: CustomerSettings; ctx: Ctx };

/** whether a doubt that rules come to by going through customers is so no longer */
const isPassed = ({ state, cause, attribute, rule }: Doubt, found: Finding[], rules: Rule[]) =>
  state === 'open' &&
  cause !== 'undeliverable' &&
  rules.some(({ id }) => id === rule) &&
  !found.some(one => one.attribute === attribute && one.rule.id === rule);

/** what is to be done about one customer */
const dealtWith = async (
  customer: StoredCustomer,
  found: Finding[],
  rules: Rule[],
  { job, run, settings, ctx }: Slice,
): Promise<Change[]> => {
  const known = await doubtsOf(ctx.store, customer.id);
  const openedBy = `${job.id}#${job.slice}`;
  const changes: Change[] = [];
  const asked = new Set<string>();
  for (const finding of found) {
    const counts = countsOf(run, finding.rule.id);
    counts.found++;
    const before = known.find(({ attribute }) => attribute === finding.attribute);
    const isOurs = before?.openedBy === openedBy && before.rule === finding.rule.id;
    if (isOurs) counts.opened++;
    if (isOurs || asked.has(finding.attribute) || !mayAsk(before, finding, ctx.now)) continue;
    if (counts.opened >= finding.rule.mostPerRun || asked.size >= mostEach) {
      counts.heldBack++;
      continue;
    }
    asked.add(finding.attribute);
    counts.opened++;
    changes.push(
      ...doubting(before, finding, customer, { now: ctx.now, actor: ctx.actor, settings, openedBy }).changes,
    );
  }
  for (const doubt of known.filter(one => isPassed(one, found, rules)).slice(0, mostEach)) {
    run.settled++;
    changes.push(...(await settling(doubt, 'passed', ctx)));
  }
  return changes;
};

/** what the rules find of some customers */
const foundOf = async (all: StoredCustomer[], rules: Rule[], { settings, ctx }: Slice) => {
  const found = new Map<string, Finding[]>(all.map(({ id }) => [id, []]));
  for (const rule of rules) {
    for (const customer of await filterByCondition(all, rule.where, ctx)) {
      found.get(customer.id)?.push(...findingsOf(customer, rule, { settings, now: ctx.now }));
    }
  }
  return found;
};

const goThrough = async (all: StoredCustomer[], rules: Rule[], slice: Slice) => {
  const found = await foundOf(all, rules, slice);
  const units: Change[][] = [];
  for (let at = 0; at < all.length; at += abreast) {
    const some = all.slice(at, at + abreast);
    const dealt = some.map(customer => dealtWith(customer, found.get(customer.id) ?? [], rules, slice));
    units.push(...(await Promise.all(dealt)));
  }
  slice.run.looked += all.length;
  // who is being changed at this moment is gone through again tomorrow
  const failures = await slice.ctx.store.commitAll(units);
  const bug = failures.find(
    one => one !== undefined && !(one instanceof VersionConflict) && !(one instanceof ApiError),
  );
  if (bug) throw bug;
};

/** Goes through all customers, slice by slice, and begins anew the next night; once, where that was asked. */
export const hygieneWork: Work = {
  async slice(job, ctx): Promise<Sliced> {
    const { now, store } = ctx;
    const at = (job.cursor as At | null) ?? { after: null, run: null };
    const [hygiene, settings, page] = await Promise.all([
      hygieneOf(store),
      settingsOf(store),
      store.list(customers, 'all', 'all', { limit: perSlice, cursor: at.after ?? undefined }),
    ]);
    const run: Run = structuredClone(at.run ?? { startedAt: now, looked: 0, settled: 0, rules: {} });
    await goThrough(page.items, walkedRules(hygiene), { job, run, settings, ctx });
    const counts = { looked: page.items.length };
    if (page.nextCursor) return { cursor: { after: page.nextCursor, run }, counts };
    const lastRun: FinishedRun = { ...run, finishedAt: now };
    const result = { lastRun };
    const isOnce = (job.input as { once?: boolean } | null)?.once;
    if (isOnce) return { cursor: null, counts, result };
    return { cursor: { after: null, run: null }, counts, result, at: nextRun(now, hygiene) };
  },
};
