import { madeAt } from '../../../../events/ids.ts';
import { attributeOutdated } from '../../../../events/provenance.ts';
import { type Change, insert, sayAt, update } from '../../../shared/changes.ts';
import type { Ctx } from '../../../shared/context.ts';
import { Changed } from '../../../shared/transaction.ts';
import type { StoredCustomer } from '../../customer.ts';
import { settingsOf } from '../../settings.ts';
import type { ComputedDefinition } from './definitions.ts';
import { withComputed } from './shown-values.ts';
import type { Brought } from './tallied.ts';
import { countedEvents, type Tally, tallies } from './tally.ts';
import { counts, current, fallsAt, valueIn, withOne } from './window.ts';

/** events that count for one attribute */
export type Counting = { definition: ComputedDefinition; brought: Brought[] };

/** a tally of a customer that has none of this definition */
export const freshTally = (
  { id, createdAt }: StoredCustomer,
  { attribute, job }: ComputedDefinition,
  run = job,
): Omit<Tally, 'version'> => ({
  customerId: id,
  attribute,
  of: job,
  run,
  // nothing happened to it before
  filled: run === job && createdAt > madeAt(job),
  buckets: {},
});

export const tallyOf = (
  found: Tally[],
  customer: StoredCustomer,
  definition: ComputedDefinition,
): { was?: Tally; is: Omit<Tally, 'version'> } => {
  const was = found.find(({ attribute }) => attribute === definition.attribute);
  if (was && was.of > definition.job) throw new Changed('the definition is another one by now');
  return was?.of === definition.job
    ? { was, is: was }
    : { ...(was ? { was } : {}), is: freshTally(customer, definition) };
};

/** whether customers of its kind have the attribute */
export const appliesTo = ({ appliesTo: kind }: ComputedDefinition, customer: StoredCustomer) =>
  kind === undefined || kind === customer.kind;

/** what keeps a tally as it is by now, and a timer for when its value falls by itself */
export const keeping = (
  was: Tally | undefined,
  is: Omit<Tally, 'version'>,
  { computed }: ComputedDefinition,
): Change[] => {
  const due = fallsAt(computed, is);
  const { dueAt: _, ...rest } = is;
  // an earlier timer finds out by itself when the next one is due
  const set = due !== undefined && (is.dueAt === undefined || due < is.dueAt);
  const dueAt = set ? due : is.dueAt;
  const after: Tally = { ...rest, ...(dueAt ? { dueAt } : {}), version: (was?.version ?? 0) + 1 };
  const { customerId, attribute } = is;
  return [
    was ? update(tallies, was, after) : insert(tallies, after),
    ...(set ? [sayAt(due, attributeOutdated, { customerId, about: customerId, data: { attribute } })] : []),
  ];
};

const claimOf = ({ run, attribute }: Omit<Tally, 'version'>, { id }: Brought) => ({ run, attribute, event: id });

/**
 * Counts events of a customer, each once for each attribute: what is claimed already, live or from the timeline, is left
 * out. One transaction: claims, tallies, and the values where they are shown.
 */
export const count = async (customer: StoredCustomer, asked: Counting[], { now, store }: Ctx): Promise<void> => {
  const countings = asked.map(({ definition, brought }) => ({
    definition,
    brought: appliesTo(definition, customer) ? brought.filter(({ at }) => counts(definition.computed, at, now)) : [],
  }));
  if (!countings.some(({ brought }) => brought.length)) return;
  const found = await store.getAll(
    tallies,
    countings.map(({ definition: { attribute } }) => ({ customerId: customer.id, attribute })),
  );
  const all = countings.map(one => ({ ...one, ...tallyOf(found, customer, one.definition) }));
  const claims = await store.getAll(
    countedEvents,
    all.flatMap(({ is, brought }) => brought.map(event => claimOf(is, event))),
  );
  const claimed = new Set(claims.map(({ attribute, event }) => `${attribute} ${event}`));
  const news = all.flatMap(({ brought, ...one }) => {
    const left = brought.filter(({ id }) => !claimed.has(`${one.is.attribute} ${id}`));
    if (!left.length) return [];
    const { computed } = one.definition;
    const buckets = left.reduce((sum, event) => withOne(computed, sum, event), one.is.buckets);
    return [{ ...one, left, is: { ...one.is, buckets: current(computed, buckets, now) } }];
  });
  if (!news.length) return;
  const shown = news.filter(({ is }) => is.filled);
  const computed = shown.map(({ is, definition }) => ({
    attribute: is.attribute,
    value: valueIn(definition.computed, is.buckets),
  }));
  const values = shown.length ? withComputed(now, customer, computed, await settingsOf(store)).changes : [];
  await store.commit([
    ...news.flatMap(({ is, left }) => left.map(event => insert(countedEvents, { ...claimOf(is, event), at: now }))),
    ...news.flatMap(({ was, is, definition }) => keeping(was, is, definition)),
    ...values,
  ]);
};
