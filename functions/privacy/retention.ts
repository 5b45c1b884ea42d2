import { inactiveCustomerRetained } from '../../events/retention.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { customers, isActive } from '../customers/customer.ts';
import { limitsData } from '../customers/purpose.ts';
import { nightlyJob, retentionRun, retentionSettings } from '../customers/retention-settings.ts';
import { handlers } from '../shared/http/contract.ts';
import { jobs, startJob } from '../shared/jobs/job.ts';
import { emit, remove } from '../shared/store/changes.ts';
import type { RunInput } from './apply-retention.ts';
import { retentionNotSet, runNotFound } from './errors.ts';
import { inactiveCustomers } from './inactive-customer.ts';
import { retentionRoutes } from './retention-routes.ts';

export const retentionHandlers = handlers(retentionRoutes, {
  readRetention: (_, { store }) => retentionSettings.of(store),
  putRetention: async ({ body }, ctx) => {
    if (!(await limitsData(ctx.store, body))) return retentionSettings.replace(ctx.store, body);
    const { nights, changes } = await nightlyJob(body.timeZone, ctx);
    return retentionSettings.replace(ctx.store, { ...body, nights }, changes);
  },
  runRetention: async ({ body: { dryRun } }, { now, actor, store }) => {
    if (!(await limitsData(store, await retentionSettings.of(store)))) throw retentionNotSet();
    const input: RunInput = { dryRun, at: now };
    const { job, changes } = startJob(now, { kind: 'retention', by: actor, input });
    return store.commit(changes, { ...job, dryRun });
  },
  readRetentionRun: async ({ params: { id = '' } }, { store }) => {
    const [job, byOthers] = await Promise.all([store.need(jobs, { id }), store.counters(retentionRun(id))]);
    if (job.kind !== 'retention') throw runNotFound();
    return { ...job, ...(job.input as RunInput), counts: { ...job.counts, ...byOthers } };
  },
  // a page may hold fewer than the limit: merged and erased customers are left out
  listInactive: async ({ query }, { store }) => {
    const { items, nextCursor } = await store.list(inactiveCustomers, 'all', 'all', query);
    const ids = items.map(({ customerId }) => customerId);
    const active = new Set((await store.getByIds(customers, ids)).filter(isActive).map(({ id }) => id));
    return { items: items.filter(({ customerId }) => active.has(customerId)), nextCursor };
  },
  retainInactive: async ({ params: { customerId = '' } }, { store }) => {
    const { id } = await activeCustomer(store, customerId);
    const listed = await store.need(inactiveCustomers, { customerId: id });
    const data = { lastActiveAt: listed.lastActiveAt };
    const event = emit(inactiveCustomerRetained, { customerId: id, about: id, data });
    return store.commit([remove(inactiveCustomers, listed), event], listed);
  },
});
