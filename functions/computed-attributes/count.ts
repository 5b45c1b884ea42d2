import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { insert } from '../shared/store/changes.ts';
import { keeping, tallyOf, type Unkept } from './kept-tally.ts';
import { withComputed } from './shown-values.ts';
import type { Brought } from './tallied.ts';
import { countedEvents, type Tally, tallies } from './tally.ts';
import { counts, current, valueIn, withOne } from './window.ts';

/** events that count for one attribute */
export type Counting = { definition: ComputedDefinition; brought: Brought[] };

/** those of them that count for a customer now */
const counting = (customer: StoredCustomer, now: string, { definition, brought }: Counting): Counting[] => {
  const { appliesTo, computed } = definition;
  if (appliesTo && appliesTo !== customer.kind) return [];
  // two deliveries of one event may come together
  const distinct = [...new Map(brought.map(one => [one.id, one])).values()];
  const left = distinct.filter(({ at }) => counts(computed, at, now));
  return left.length ? [{ definition, brought: left }] : [];
};

const claimOf = ({ run, attribute }: Unkept, { id }: Brought) => ({ run, attribute, event: id });

type Tallying = Counting & { was?: Tally; is: Unkept };

/** the tallies with the events that nobody has claimed; those that stay as they are left out */
const withNews = async (all: Tallying[], { now, store }: Ctx): Promise<Tallying[]> => {
  const claims = await store.getAll(
    countedEvents,
    all.flatMap(({ is, brought }) => brought.map(event => claimOf(is, event))),
  );
  const claimed = new Set(claims.map(({ attribute, event }) => `${attribute} ${event}`));
  return all.flatMap(one => {
    const { computed } = one.definition;
    const brought = one.brought.filter(({ id }) => !claimed.has(`${one.is.attribute} ${id}`));
    if (!brought.length) return [];
    const buckets = brought.reduce((sum, event) => withOne(computed, sum, event), one.is.buckets);
    return [{ ...one, brought, is: { ...one.is, buckets: current(computed, buckets, now) } }];
  });
};

/**
 * Counts events of a customer, each once for each attribute: what is claimed already, live or from the timeline, is left
 * out. One transaction: claims, tallies, and the values where they are shown.
 */
export const count = async (customer: StoredCustomer, asked: Counting[], ctx: Ctx): Promise<void> => {
  const { now, store } = ctx;
  const due = asked.flatMap(one => counting(customer, now, one));
  const keys = due.map(({ definition: { attribute } }) => ({ customerId: customer.id, attribute }));
  const found = await store.getAll(tallies, keys);
  const all = due.map(one => ({ ...one, ...tallyOf(found, customer, one.definition) }));
  const news = await withNews(all, ctx);
  if (!news.length) return;
  const shown = news
    .filter(({ is }) => is.filled)
    .map(({ is, definition }) => ({ attribute: is.attribute, value: valueIn(definition.computed, is.buckets) }));
  const values = shown.length ? withComputed(now, customer, shown, await settingsOf(store)).changes : [];
  await store.commit([
    ...news.flatMap(({ is, brought }) => brought.map(one => insert(countedEvents, { ...claimOf(is, one), at: now }))),
    ...news.flatMap(({ was, is, definition }) => keeping(was, is, definition)),
    ...values,
  ]);
};
