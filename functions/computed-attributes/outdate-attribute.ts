import { isComputed } from '../customers/attributes/definitions.ts';
import { customers, isActive } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { keeping } from './kept-tally.ts';
import { withComputed } from './shown-values.ts';
import { tallies } from './tally.ts';
import { current, valueIn } from './window.ts';

/** A timer of a tally that has changed since does nothing: that one has another. */
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
    ...keeping(tally, { ...was, buckets }, definition),
    ...withComputed(now, customer, value, settings).changes,
  ]);
};

export const handler = consume('outdateAttribute', subscriptions.outdateAttribute, outdateAttribute);
