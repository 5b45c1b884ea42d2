import { resolveMerged } from '../customers/active-customer.ts';
import { settingsOf } from '../customers/settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { type Doubt, doubtsOf, wholeRecord } from './hygiene/doubt.ts';
import { findingsOf } from './hygiene/findings.ts';
import { hygieneOf } from './hygiene/rules.ts';
import { settling } from './hygiene/settling.ts';

type Told = Parameters<Reaction<typeof subscriptions.settleDoubts>>[0];
type Settled = { doubt: Doubt; how: NonNullable<Doubt['how']> };

/** so many are settled in one transaction; of more the night takes care */
const most = 15;

const touches = (changed: string, attribute: string) =>
  changed === attribute || changed.startsWith(`${attribute}.`) || attribute.startsWith(`${changed}.`);

/** which doubts an event settles, and how */
const settledBy = ({ type, about, data }: Told, open: Doubt[]): Settled[] => {
  if (type === 'task.completed' || type === 'task.cancelled') {
    return open.filter(({ taskId }) => taskId === about).map(doubt => ({ doubt, how: 'task' }));
  }
  const verified = type === 'customer.verified';
  const attributes = verified ? data.attributes : data.changes.map(({ attribute }) => attribute);
  return open
    .filter(({ attribute }) => attributes.some(changed => touches(changed, attribute)))
    .map(doubt => ({ doubt, how: verified ? 'verified' : 'changed' }));
};

/** whether a record that lacked much lacks little by now */
const isComplete = async ({ rule: id, customerId }: Doubt, { store, now }: Ctx) => {
  const [customer, settings, { rules }] = await Promise.all([
    resolveMerged(store, customerId),
    settingsOf(store),
    hygieneOf(store),
  ]);
  const rule = rules.find(one => one.id === id);
  return !customer || !rule || !findingsOf(customer, rule, { settings, now }).length;
};

/** Settles what was doubted when it was verified, changed, or its task was closed; closes the task of what was. */
export const settleDoubts: Reaction<typeof subscriptions.settleDoubts> = async (event, ctx) => {
  const customer = event.customerId ? await resolveMerged(ctx.store, event.customerId) : undefined;
  if (!customer) return;
  const open = (await doubtsOf(ctx.store, customer.id)).filter(({ state }) => state === 'open');
  const settled = settledBy(event, open);
  const record = open.find(({ attribute }) => attribute === wholeRecord);
  if (record && event.type === 'customer.updated' && (await isComplete(record, ctx))) {
    settled.push({ doubt: record, how: 'changed' });
  }
  if (!settled.length) return;
  const changes = await Promise.all(settled.slice(0, most).map(({ doubt, how }) => settling(doubt, how, ctx)));
  await ctx.store.commit(changes.flat());
};

export const handler = consume('settleDoubts', subscriptions.settleDoubts, settleDoubts);
