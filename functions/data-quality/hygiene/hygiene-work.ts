import { filterByCondition } from '../../customer-facts/reads.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { type CustomerSettings, settingsOf } from '../../customers/settings.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Sliced, Work } from '../../shared/jobs/work.ts';
import { mapConcurrent } from '../../shared/map-concurrent.ts';
import type { Change } from '../../shared/store/changes.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { nextTimeOfDay } from '../../shared/time/time-of-day.ts';
import { type DataIssue, issuesOf } from './data-issue.ts';
import { type Finding, findingsOf } from './findings.ts';
import type { FinishedRun, Run } from './hygiene-routes.ts';
import { mayOpen, openIssue } from './open-issue.ts';
import { resolveIssue } from './resolve-issue.ts';
import { hygieneSettings, nightlyRules, type Rule } from './rules.ts';

/** customers a slice, and how many of them are read at a time */
const mostCustomers = 100;
const atOnce = 20;

/** issues of one customer that are opened, and resolved, in one run */
const mostEach = 10;

type Cursor = { after: string | null; run: Run | null };

type Slice = { job: Job; run: Run; rules: Rule[]; settings: CustomerSettings; ctx: Ctx };

/** whether an issue that a nightly rule has opened exists no longer */
const isOutdated = ({ state, cause, attribute, rule }: DataIssue, found: Finding[], rules: Rule[]) =>
  state === 'open' &&
  cause !== 'undeliverable' &&
  rules.some(({ id }) => id === rule) &&
  !found.some(one => one.attribute === attribute && one.rule.id === rule);

/** opens the issues of one customer that rules have found, as many as the rules allow */
const openIssues = (customer: StoredCustomer, found: Finding[], issues: DataIssue[], slice: Slice): Change[] => {
  const { job, run, settings, ctx } = slice;
  const { now, actor } = ctx;
  const openedBy = `${job.id}#${job.slice}`;
  const changes: Change[] = [];
  const opened = new Set<string>();
  for (const finding of found) {
    const { rule, attribute } = finding;
    const counts = run.rules[rule.id] ?? { found: 0, opened: 0, heldBack: 0 };
    run.rules[rule.id] = counts;
    counts.found++;
    const before = issues.find(issue => issue.attribute === attribute);
    // opened before a crash
    const isOurs = before?.openedBy === openedBy && before.rule === rule.id;
    if (isOurs) counts.opened++;
    if (isOurs || opened.has(attribute) || !mayOpen(before, finding, now)) continue;
    if (counts.opened >= rule.mostPerRun || opened.size >= mostEach) {
      counts.heldBack++;
      continue;
    }
    opened.add(attribute);
    counts.opened++;
    changes.push(...openIssue(before, finding, customer, { now, actor, settings, openedBy }));
  }
  return changes;
};

const checkCustomer = async (customer: StoredCustomer, found: Finding[], slice: Slice): Promise<Change[]> => {
  const { run, rules, ctx } = slice;
  const issues = await issuesOf(ctx.store, customer.id);
  const opening = openIssues(customer, found, issues, slice);
  const outdated = issues.filter(one => isOutdated(one, found, rules)).slice(0, mostEach);
  run.resolved += outdated.length;
  const resolving = await Promise.all(outdated.map(issue => resolveIssue(issue, 'outdated', ctx)));
  return [...opening, ...resolving.flat()];
};

const findAll = async (all: StoredCustomer[], { rules, settings, ctx }: Slice) => {
  const found = new Map<string, Finding[]>(all.map(({ id }) => [id, []]));
  for (const rule of rules) {
    for (const customer of await filterByCondition(all, rule.where, ctx)) {
      found.get(customer.id)?.push(...findingsOf(customer, rule, { settings, now: ctx.now }));
    }
  }
  return found;
};

const checkCustomers = async (all: StoredCustomer[], slice: Slice) => {
  const found = await findAll(all, slice);
  const units = await mapConcurrent(all, atOnce, one => checkCustomer(one, found.get(one.id) ?? [], slice));
  slice.run.looked += all.length;
  // a customer that is being changed at this moment is checked again tomorrow
  const failures = await slice.ctx.store.commitAll(units);
  const isBug = (failure: unknown) =>
    failure !== undefined && !(failure instanceof VersionConflict) && !(failure instanceof ApiError);
  const bug = failures.find(isBug);
  if (bug) throw bug;
};

/** Checks all customers, slice by slice, and begins again the next night; once, where that was requested. */
export const hygieneWork: Work = {
  async slice(job, ctx): Promise<Sliced> {
    const { now, store } = ctx;
    const at = (job.cursor as Cursor | null) ?? { after: null, run: null };
    const [hygiene, settings, page] = await Promise.all([
      hygieneSettings.of(store),
      settingsOf(store),
      store.list(customers, 'all', 'all', { limit: ctx.perSlice(mostCustomers), cursor: at.after ?? undefined }),
    ]);
    const run: Run = structuredClone(at.run ?? { startedAt: now, looked: 0, resolved: 0, rules: {} });
    await checkCustomers(page.items, { job, run, rules: nightlyRules(hygiene), settings, ctx });
    const counts = { looked: page.items.length };
    if (page.nextCursor) return { cursor: { after: page.nextCursor, run }, counts };
    const lastRun: FinishedRun = { ...run, finishedAt: now };
    const result = { lastRun };
    const isOnce = (job.input as { once?: boolean } | null)?.once;
    if (isOnce) return { cursor: null, counts, result };
    return { cursor: { after: null, run: null }, counts, result, at: nextTimeOfDay(now, hygiene) };
  },
};
