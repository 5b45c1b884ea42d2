import { isComputed } from '../customers/attributes/definitions.ts';
import { customers, isActive } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { current, valueIn } from './aggregate.ts';
import { applyComputed } from './apply-computed.ts';
import { subscriptions } from './contract.ts';
import { putTally, tallies } from './tally.ts';

/** The timer of a tally that was changed since does nothing: that one has another. */
export const outdateAttribute: Reaction<typeof subscriptions.outdateAttribute> = async (
  { about, data },
  { now, store },
) => {
  const { attribute } = data;
  const [customer, settings, tally] = await Promise.all([
    store.get(customers, { id: about }),
    settingsOf(store),
    store.get(tallies, { customerId: about, attribute }),
  ]);
  const definition = settings.definitions.filter(isComputed).find(one => one.attribute === attribute);
  if (!customer || !isActive(customer) || !tally?.dueAt || tally.dueAt > now || tally.of !== definition?.job) return;
  const { dueAt: _, ...was } = tally;
  const buckets = current(definition.computed, tally.buckets, now);
  const value = tally.filled ? [{ attribute, value: valueIn(definition.computed, buckets) }] : [];
  await store.commit([
    ...putTally(tally, { ...was, buckets }, definition),
    ...applyComputed(now, customer, value, settings),
  ]);
};

export const reaction = consume('outdateAttribute', subscriptions.outdateAttribute, outdateAttribute);
