import { isDeepStrictEqual } from 'node:util';
import { decimalsOf, Money } from '../../events/money.ts';
import { meantBy } from '../shared/conditions/event-condition.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { isObject } from '../shared/json.ts';
import { update } from '../shared/store/changes.ts';
import { type ActiveGoal, activeGoals, type Campaign } from './campaign.ts';
import { subscriptions } from './contract.ts';
import { type Recipient, reaching, recipients, recounted } from './recipient.ts';

/** what an event is worth: the total of an order, or what a tracker calls revenue, total or value in major units */
export const worthOf = (data: unknown): Money | undefined => {
  if (!isObject(data)) return undefined;
  if (data.total) return Money.safeParse(data.total).data;
  const { revenue, total, value, currency } = isObject(data.properties) ? data.properties : {};
  const major = Number(revenue ?? total ?? value);
  if (typeof currency !== 'string' || !(major > 0)) return undefined;
  const code = currency.trim().toUpperCase();
  return Money.safeParse({ amount: Math.round(major * 10 ** decimalsOf(code)), currency: code }).data;
};

type Event = Parameters<Reaction<typeof subscriptions.countConversion>>[0];

const reached = ({ goal }: ActiveGoal, before: Recipient, { occurredAt: at, data }: Event): Recipient => {
  const value = worthOf(data);
  return reaching(before, { at, ...(value ? { value } : {}) }, goal.within);
};

/** The goals that an event reaches, for the campaigns that its customer is in. The same event again changes nothing. */
const countConversion: Reaction<typeof subscriptions.countConversion> = async (event, { store }) => {
  const { customerId } = event;
  if (!customerId) return;
  const goals = (await activeGoals.concerned(store, event)).filter(({ goal }) => meantBy(goal)(event));
  if (!goals.length) return;
  const keys = goals.map(({ campaignId }) => ({
    campaignId: campaignId as Campaign['id'],
    customerId: customerId as Recipient['customerId'],
  }));
  const found = await store.getAll(recipients, keys);
  const changes = found.flatMap(before => {
    const after = reached(goals.find(one => one.campaignId === before.campaignId)!, before, event);
    if (isDeepStrictEqual(after, before)) return [];
    return [[update(recipients, before, { ...after, version: before.version + 1 }), ...recounted(before, after)]];
  });
  const failures = await store.commitAll(changes);
  for (const failure of failures) if (failure) throw failure;
};

export const reaction = consume('countConversion', subscriptions.countConversion, countConversion, { once: false });
