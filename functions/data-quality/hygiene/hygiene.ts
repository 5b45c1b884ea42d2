import { hygieneSettingsChanged } from '../../../events/hygiene.ts';
import { jobCancelled } from '../../../events/job.ts';
import { checkConditions, refuseOrWarn } from '../../customer-facts/check-condition.ts';
import { namesKnownTo } from '../../customer-facts/known-names.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { continueJob, type Job, jobs, startJob, waitingJob } from '../../shared/jobs/job.ts';
import { type Change, emit, insert, update, updated } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import { nextTimeOfDay } from '../../shared/time/time-of-day.ts';
import { noHygieneRules } from '../errors.ts';
import { dataIssues, issuesOf, withoutRule } from './data-issue.ts';
import { type FinishedRun, hygieneRoutes } from './hygiene-routes.ts';
import { type HygieneRules, hygieneSettings, nightlyRules, type Rule, type StoredHygiene } from './rules.ts';

type Names = Awaited<ReturnType<typeof namesKnownTo>>;

const hygieneKind = 'hygiene';

/** the actor of the nightly job */
const by = 'rapport:hygiene';

const cancelled = (now: string, job: Job): Change[] => [
  update(jobs, job, updated(now, job, { state: 'cancelled' })),
  emit(jobCancelled, { about: job.id, data: { kind: job.kind, counts: job.counts } }),
];

/** What becomes of the nightly job when the rules change: it runs as long as a rule needs it, at the hour they name. */
const nightlyJob = async (
  before: StoredHygiene,
  after: HygieneRules,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
): Promise<{ jobId?: string; changes: Change[] }> => {
  const found = before.jobId === undefined ? undefined : await store.get(jobs, { id: before.jobId });
  const running = found?.state === 'running' ? found : undefined;
  const isNeeded = nightlyRules(after).length > 0;
  const isInTime = before.at === after.at && before.timeZone === after.timeZone;
  if (running && isNeeded && isInTime) return { jobId: running.id, changes: [] };
  const stopping = running ? cancelled(now, running) : [];
  if (!isNeeded) return { changes: stopping };
  const job: Job = { ...waitingJob(now, { kind: hygieneKind, by }), state: 'running' };
  const due = continueJob(job, nextTimeOfDay(now, after));
  return { jobId: job.id, changes: [...stopping, insert(jobs, job), due] };
};

const mostCounted = 200;

const openOf = async (store: Store, rule: string) => {
  const { items, nextCursor } = await store.list(dataIssues, 'open', rule, { limit: mostCounted });
  return { open: items.length, more: nextCursor !== null };
};

const mostJobs = 20;

const lastRunOf = async (store: Store): Promise<FinishedRun | null> => {
  const { items } = await store.list(jobs, 'kind', hygieneKind, { limit: mostJobs });
  const runs = items.flatMap(({ result }) => (result as { lastRun?: FinishedRun } | null)?.lastRun ?? []);
  return runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0] ?? null;
};

const unknownIn = ({ when: { stale, unverified } }: Rule, path: string, names: Names) =>
  Object.entries({ stale, unverified }).flatMap(([kind, found]) =>
    (found?.attributes ?? []).flatMap((attribute, nth) =>
      names.attribute(attribute, `${path}.${kind}.attributes.${nth}`),
    ),
  );

export const hygieneHandlers = handlers(hygieneRoutes, {
  readHygieneRules: (_, { store }) => hygieneSettings.of(store),

  putHygieneRules: async ({ body }, ctx) => {
    const { store } = ctx;
    const [before, names] = await Promise.all([hygieneSettings.of(store), namesKnownTo(store)]);
    refuseOrWarn(
      body.rules.flatMap((rule, nth) => unknownIn(rule, `rules.${nth}.when`, names)),
      ctx,
    );
    await checkConditions(
      body.rules.map(({ where }, nth) => ({ condition: where, path: `rules.${nth}.where` })),
      ctx,
    );
    const { jobId, changes } = await nightlyJob(before, body, ctx);
    // not `replace`: the job follows from the settings as they were read
    const { after, change } = hygieneSettings.changed(before, { ...body, ...(jobId ? { jobId } : {}) });
    const changed = emit(hygieneSettingsChanged, { about: 'hygiene', data: body });
    return store.commit([change, ...changes, changed], after);
  },

  runHygiene: async (_, { now, actor, store }) => {
    if (!nightlyRules(await hygieneSettings.of(store)).length) throw noHygieneRules();
    const input = { once: true };
    const { job, changes } = startJob(now, {
      kind: hygieneKind,
      by: actor,
      cancelScope: 'settings.admin',
      input,
    });
    return store.commit(changes, { jobId: job.id });
  },

  readHygiene: async (_, { now, store }) => {
    const [hygiene, lastRun] = await Promise.all([hygieneSettings.of(store), lastRunOf(store)]);
    const night = hygiene.jobId === undefined ? undefined : await store.get(jobs, { id: hygiene.jobId });
    const all = [...hygiene.rules, { id: withoutRule, active: true }];
    const rules = await Promise.all(all.map(async ({ id, active }) => ({ id, active, ...(await openOf(store, id)) })));
    return { rules, lastRun, nextRun: night?.state === 'running' ? nextTimeOfDay(now, hygiene) : null };
  },

  listDataIssues: ({ query: { rule, ...paging } }, { store }) => store.list(dataIssues, 'open', rule, paging),

  listCustomerDataIssues: async ({ params: { id = '' } }, { store }) => {
    const customer = await activeCustomer(store, id);
    return { items: await issuesOf(store, customer.id) };
  },
});
