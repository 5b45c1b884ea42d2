import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { insert } from '../shared/store/changes.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { counts, current, type EventValue, valueIn, withEvent } from './aggregate.ts';
import { applyComputed } from './apply-computed.ts';
import { countedEvents, newTally, putTally, type Tally, tallies, type UnversionedTally } from './tally.ts';

export type Counting = { definition: ComputedDefinition; events: EventValue[] };

const countingNow = (customer: StoredCustomer, now: string, { definition, events }: Counting): Counting[] => {
  const { appliesTo, computed } = definition;
  if (appliesTo && appliesTo !== customer.kind) return [];
  // an event may be delivered twice
  const distinct = [...new Map(events.map(event => [event.id, event])).values()];
  const left = distinct.filter(({ at }) => counts(computed, at, now));
  return left.length ? [{ definition, events: left }] : [];
};

const claimOf = ({ run, attribute }: UnversionedTally, { id }: EventValue) => ({ run, attribute, event: id });

type Tallying = Counting & { was: Tally | undefined; is: UnversionedTally };

const tallyingOf = (found: Tally[], customer: StoredCustomer, counting: Counting): Tallying => {
  const { definition } = counting;
  const was = found.find(({ attribute }) => attribute === definition.attribute);
  if (was && was.of > definition.job) throw new VersionConflict('the definition was changed');
  return { ...counting, was, is: was?.of === definition.job ? was : newTally(customer, definition) };
};

/** the tallies with those events that are not counted yet; unchanged ones are left out */
const withUncounted = async (all: Tallying[], { now, store }: Ctx): Promise<Tallying[]> => {
  const keys = all.flatMap(({ is, events }) => events.map(event => claimOf(is, event)));
  const claims = await store.getAll(countedEvents, keys);
  const counted = new Set(claims.map(({ attribute, event }) => `${attribute} ${event}`));
  return all.flatMap(one => {
    const { computed } = one.definition;
    const events = one.events.filter(({ id }) => !counted.has(`${one.is.attribute} ${id}`));
    if (!events.length) return [];
    const buckets = events.reduce((sum, event) => withEvent(computed, sum, event), one.is.buckets);
    return [{ ...one, events, is: { ...one.is, buckets: current(computed, buckets, now) } }];
  });
};

/** Counts events of a customer, live or from the timeline, each once for each attribute, in one transaction. */
export const count = async (customer: StoredCustomer, some: Counting[], ctx: Ctx): Promise<void> => {
  const { now, store } = ctx;
  const due = some.flatMap(one => countingNow(customer, now, one));
  const keys = due.map(({ definition: { attribute } }) => ({ customerId: customer.id, attribute }));
  const found = await store.getAll(tallies, keys);
  const changed = await withUncounted(
    due.map(one => tallyingOf(found, customer, one)),
    ctx,
  );
  if (!changed.length) return;
  const shown = changed
    .filter(({ is }) => is.filled)
    .map(({ is, definition }) => ({ attribute: is.attribute, value: valueIn(definition.computed, is.buckets) }));
  const values = shown.length ? applyComputed(now, customer, shown, await settingsOf(store)) : [];
  await store.commit([
    ...changed.flatMap(({ is, events }) =>
      events.map(event => insert(countedEvents, { ...claimOf(is, event), at: now })),
    ),
    ...changed.flatMap(({ was, is, definition }) => putTally(was, is, definition)),
    ...values,
  ]);
};
