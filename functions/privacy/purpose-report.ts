import * as z from 'zod';
import { valuesOf } from '../customers/attributes/paths.ts';
import { customers } from '../customers/customer.ts';
import { profileOf } from '../customers/profile.ts';
import { purposesOf, servesEvent, unserved } from '../customers/purpose.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Handler } from '../shared/http/contract.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { Work } from '../shared/jobs/work.ts';
import { allEvents } from '../shared/store/filters.ts';
import type { routes } from './contract.ts';

const limits = { customers: 20, events: 200, names: 500 };

const Report = z.object({ attributes: z.record(z.string(), z.int()), events: z.record(z.string(), z.int()) });
type Counts = Record<string, number>;

const counted = (before: Counts, names: string[]): Counts => {
  const after = { ...before };
  for (const name of names) {
    if (name in after || Object.keys(after).length < limits.names) after[name] = (after[name] ?? 0) + 1;
  }
  return after;
};

/** Names stored attributes and event types that serve no registered purpose, with their numbers of customers and events. */
export const purposeReport: Work = {
  async slice({ cursor, result }, { store, perSlice }) {
    const { after } = (cursor as { after: string | null } | null) ?? { after: null };
    const before = Report.safeParse(result).data ?? { attributes: {}, events: {} };
    const [purposes, { definitions }, { items, nextCursor }] = await Promise.all([
      purposesOf(store),
      settingsOf(store),
      store.list(customers, 'all', 'all', { limit: perSlice(limits.customers), cursor: after ?? undefined }),
    ]);
    const events = await Promise.all(
      items.map(({ id }) => store.partition(['customer', id], { limit: limits.events, within: allEvents })),
    );
    const stored = items.flatMap(customer => [...valuesOf(profileOf(customer)).keys()]);
    const attributes = unserved(stored, purposes, definitions);
    const types = events
      .flatMap(page => page.items.map(({ type }) => String(type)))
      .filter(type => !purposes.some(purpose => servesEvent(purpose, type)));
    return {
      cursor: nextCursor ? { after: nextCursor } : null,
      counts: { customers: items.length, events: events.reduce((sum, page) => sum + page.items.length, 0) },
      result: { attributes: counted(before.attributes, attributes), events: counted(before.events, types) },
    };
  },
};

export const reportPurposes: Handler<typeof routes.reportPurposes> = (_, { now, actor, store }) => {
  const { job, changes } = startJob(now, {
    kind: 'purpose-report',
    by: actor,
    cancelScope: 'settings.read',
  });
  return store.commit(changes, job);
};
