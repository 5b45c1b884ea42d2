import { resolveMerged } from '../customers/active-customer.ts';
import { overlaps } from '../customers/attributes/paths.ts';
import { settingsOf } from '../customers/settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { type DataIssue, issuesOf, wholeRecord } from './hygiene/data-issue.ts';
import { findingsOf } from './hygiene/findings.ts';
import { type Resolution, resolveIssue } from './hygiene/resolve-issue.ts';
import { hygieneSettings } from './hygiene/rules.ts';

type Event = Parameters<Reaction<typeof subscriptions.resolveIssues>>[0];
type Resolved = { issue: DataIssue; resolution: Resolution };

/** the most that are resolved in one transaction; the nightly job resolves the others */
const most = 15;

/** which issues an event resolves, and how */
const resolvedBy = ({ type, about, data }: Event, open: DataIssue[]): Resolved[] => {
  if (type === 'task.completed' || type === 'task.cancelled') {
    return open.filter(({ taskId }) => taskId === about).map(issue => ({ issue, resolution: 'task' }));
  }
  const verified = type === 'customer.verified';
  const attributes = verified ? data.attributes : data.changes.map(({ attribute }) => attribute);
  return open
    .filter(({ attribute }) => attributes.some(changed => overlaps(changed, attribute)))
    .map(issue => ({ issue, resolution: verified ? 'verified' : 'changed' }));
};

/** whether a record that was incomplete is complete enough now */
const isComplete = async ({ rule: id, customerId }: DataIssue, { store, now }: Ctx) => {
  const [customer, settings, { rules }] = await Promise.all([
    resolveMerged(store, customerId),
    settingsOf(store),
    hygieneSettings.of(store),
  ]);
  const rule = rules.find(one => one.id === id);
  return !customer || !rule || !findingsOf(customer, rule, { settings, now }).length;
};

/** Resolves issues when their values are verified or changed, or their task is closed. */
export const resolveIssues: Reaction<typeof subscriptions.resolveIssues> = async (event, ctx) => {
  const customer = event.customerId ? await resolveMerged(ctx.store, event.customerId) : undefined;
  if (!customer) return;
  const open = (await issuesOf(ctx.store, customer.id)).filter(({ state }) => state === 'open');
  const resolved = resolvedBy(event, open);
  const record = open.find(({ attribute }) => attribute === wholeRecord);
  if (record && event.type === 'customer.updated' && (await isComplete(record, ctx))) {
    resolved.push({ issue: record, resolution: 'changed' });
  }
  if (!resolved.length) return;
  const some = resolved.slice(0, most);
  const changes = await Promise.all(some.map(({ issue, resolution }) => resolveIssue(issue, resolution, ctx)));
  await ctx.store.commit(changes.flat());
};

export const reaction = consume('resolveIssues', subscriptions.resolveIssues, resolveIssues);
