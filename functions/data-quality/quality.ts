import { fixCounts } from '../cleaning/clean-profile.ts';
import { fixIds } from '../cleaning/fix-ids.ts';
import { type Fix, fixes } from '../cleaning/fixes.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { customers } from '../customers/customer.ts';
import { purposesOf } from '../customers/purpose.ts';
import { hiddenBy } from '../customers/redact.ts';
import { settingsOf } from '../customers/settings.ts';
import { cleaningOf } from '../lists/bulk/customer-changes.ts';
import { maskedChanges } from '../lists/bulk/report.ts';
import { handlers } from '../shared/http/contract.ts';
import { jobs, startJob } from '../shared/jobs/job.ts';
import { isConflict } from '../shared/store/retry-on-conflict.ts';
import { reportRunning } from './errors.ts';
import { qualityRoutes } from './quality-routes.ts';
import { reportKind, reports } from './report/report.ts';
import { factsOf } from './starts/facts.ts';
import { startsOf } from './starts/starts.ts';

const mostPreviewed = 500;
const perPage = 100;

const mostTrend = 12;

export const qualityHandlers = handlers(qualityRoutes, {
  listFixes: async () => ({
    items: fixIds.map(id => {
      const { does, example, guesses = false } = fixes[id] as Fix;
      return { id, does, example, guesses };
    }),
  }),

  previewCleaning: async ({ body: { fixes, sample } }, ctx) => {
    const { now, store } = ctx;
    const settings = await settingsOf(store);
    const hidden = hiddenBy(settings, ctx);
    const items: { customerId: string; changes: ReturnType<typeof cleaningOf>['changes'] }[] = [];
    let looked = 0;
    let cursor: string | undefined;
    do {
      const page = await store.list(customers, 'all', 'all', { limit: perPage, cursor });
      for (const customer of page.items) {
        const { changes } = cleaningOf(customer, fixes, { now, settings });
        if (changes.length) items.push({ customerId: customer.id, changes: maskedChanges(changes, hidden) });
      }
      looked += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor && looked < mostPreviewed && items.length < sample);
    const counts = fixCounts(items.flatMap(({ changes }) => changes));
    return { looked, dirty: items.length, fixes: counts, items: items.slice(0, sample) };
  },

  readStarts: async ({ params: { id = '' } }, ctx) => {
    const { store } = ctx;
    const [customer, settings, purposes] = await Promise.all([
      activeCustomer(store, id),
      settingsOf(store),
      purposesOf(store),
    ]);
    return { customerId: customer.id, ...startsOf(await factsOf(customer, { settings, purposes }, ctx)) };
  },

  startReport: async (_, { now, actor, store }) => {
    const running = await store.holder(jobs, 'single', reportKind);
    if (running) throw reportRunning(`A quality report is being made. Wait until its job ${running} has finished.`);
    const { job, changes } = startJob(now, {
      kind: reportKind,
      by: actor,
      cancelScope: 'customers.read',
      single: true,
    });
    return store.commit(changes, { jobId: job.id }).catch(error => {
      throw isConflict(error) ? reportRunning() : error;
    });
  },

  readQuality: async (_, { store }) => {
    const { items } = await store.list(reports, 'all', 'all', { limit: mostTrend });
    return { latest: items[0] ?? null, trend: items };
  },
});
