import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { Store } from '../shared/store/store.ts';
import type { routes } from './contract.ts';
import { doubts, withoutRule } from './hygiene/doubt.ts';
import type { FinishedRun } from './hygiene/hygiene-work.ts';
import { nextRun } from './hygiene/next-run.ts';
import { hygieneKind } from './hygiene/nightly.ts';
import { hygieneOf } from './hygiene/rules.ts';

/** open doubts of a rule are counted up to here; beyond it there are more */
const mostCounted = 200;

const openOf = async (store: Store, rule: string) => {
  const { items, nextCursor } = await store.list(doubts, 'open', rule, { limit: mostCounted });
  return { open: items.length, more: nextCursor !== null };
};

const lastRunOf = async (store: Store): Promise<FinishedRun | null> => {
  const { items } = await store.list(jobs, 'kind', hygieneKind, { limit: 20 });
  const runs = items.flatMap(({ result }) => (result as { lastRun?: FinishedRun } | null)?.lastRun ?? []);
  return runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0] ?? null;
};

export const readHygiene: Handler<typeof routes.readHygiene> = async (_, { now, store }) => {
  const [hygiene, lastRun] = await Promise.all([hygieneOf(store), lastRunOf(store)]);
  const night = hygiene.jobId === undefined ? undefined : await store.get(jobs, { id: hygiene.jobId });
  const all = [...hygiene.rules.map(({ id, active }) => ({ id, active })), { id: withoutRule, active: true }];
  const rules = await Promise.all(all.map(async rule => ({ ...rule, ...(await openOf(store, rule.id)) })));
  return { rules, lastRun, nextRun: night?.state === 'running' ? nextRun(now, hygiene) : null };
};
