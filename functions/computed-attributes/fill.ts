import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import { timelineEntry } from '../customers/timeline.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Change } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { count } from './count.ts';
import { freshTally, keeping } from './kept-tally.ts';
import { broughtBy } from './meant.ts';
import { withComputed } from './shown-values.ts';
import type { Brought } from './tallied.ts';
import { type Tally, tallies } from './tally.ts';
import { current, valueIn } from './window.ts';

/** events read at a time, and those that one transaction counts: each is a claim */
const most = { read: 100, counted: 80 };

/**
 * The definitions that customers are gone through for, and the job that does it. `adoptedSince`: only what they have got from
 * devices since is counted, beside what is counted.
 */
export type Run = { definitions: ComputedDefinition[]; run: string; adoptedSince?: string };

const standing = async (customerId: string, { store }: Ctx) => {
  const customer = await store.get(customers, { id: customerId });
  return customer && isActive(customer) ? customer : undefined;
};

const talliesOf = async (customerId: string, { definitions }: Run, { store }: Ctx) => {
  const found = await store.getAll(
    tallies,
    definitions.map(({ attribute }) => ({ customerId, attribute })),
  );
  return definitions.map(definition => ({
    definition,
    tally: found.find(({ attribute }) => attribute === definition.attribute),
  }));
};

type Kept = { definition: ComputedDefinition; tally: Tally };

/** the tallies that this run has to fill: another run has begun since with the others */
const open = async (customerId: string, run: Run, ctx: Ctx): Promise<Kept[]> => {
  const all = await talliesOf(customerId, run, ctx);
  return all.filter((one): one is Kept => {
    const { definition, tally } = one;
    return tally?.of === definition.job && tally.run === run.run && !tally.filled;
  });
};

/** Begins with nothing, unless it has begun, or a later run has. What is shown stays until all is counted. */
const begin = async (customer: StoredCustomer, run: Run, ctx: Ctx) => {
  const all = await talliesOf(customer.id, run, ctx);
  const changes = all.flatMap(({ definition, tally }): Change[] => {
    if (tally && (tally.of > definition.job || (tally.of === definition.job && tally.run >= run.run))) return [];
    return keeping(tally, { ...freshTally(customer, definition, run.run), filled: false }, definition);
  });
  if (changes.length) await ctx.store.commit(changes);
};

/** all that happened is counted: from now on the values are shown */
const finish = async (customerId: string, run: Run, ctx: Ctx) => {
  const { now, store } = ctx;
  const [customer, settings, kept] = await Promise.all([
    standing(customerId, ctx),
    settingsOf(store),
    open(customerId, run, ctx),
  ]);
  if (!customer || !kept.length) return;
  const filled = kept.map(({ definition, tally }) => {
    const buckets = current(definition.computed, tally.buckets, now);
    const is = { ...tally, buckets, filled: true };
    const value = valueIn(definition.computed, buckets);
    return { value, attribute: tally.attribute, changes: keeping(tally, is, definition) };
  });
  const { changes } = withComputed(now, customer, filled, settings);
  await store.commit([...filled.flatMap(one => one.changes), ...changes]);
};

const page = async (customerId: string, after: string | null, { store }: Ctx) => {
  const part = { limit: most.read, upwards: true, within: { from: '@', to: '@:' }, ...(after ? { after } : {}) };
  const { items, last = null } = await store.partition(['customer', customerId], part);
  return { items, last };
};

const countAll = async (customerId: string, definitions: ComputedDefinition[], items: Item[], ctx: Ctx) => {
  const events = items.map(timelineEntry);
  const countSome = async (definition: ComputedDefinition, brought: Brought[]) => {
    const customer = await standing(customerId, ctx);
    if (customer) await count(customer, [{ definition, brought }], ctx);
  };
  for (const definition of definitions) {
    const brought = events.flatMap(event => broughtBy(definition, event) ?? []);
    for (let at = 0; at < brought.length; at += most.counted) {
      await retryOnConflict(() => countSome(definition, brought.slice(at, at + most.counted)), isConflict);
    }
  }
};

/** what was collected from a device or an id: nobody has counted it, unless it was said again */
const isAdopted = (since: string) => (item: Item) => String(item.adopted ?? '') >= since;

type Filling = (customer: StoredCustomer, after: string | null, run: Run, ctx: Ctx) => Promise<string | null>;

const fillAdopted: Filling = async (customer, after, { definitions, adoptedSince = '' }, ctx) => {
  const { items, last } = await page(customer.id, after, ctx);
  await countAll(customer.id, definitions, items.filter(isAdopted(adoptedSince)), ctx);
  return last;
};

const fillAll: Filling = async (customer, after, run, ctx) => {
  if (!after) await retryOnConflict(() => begin(customer, run, ctx), isConflict);
  const kept = await open(customer.id, run, ctx);
  if (!kept.length) return null;
  const { items, last } = await page(customer.id, after, ctx);
  const definitions = kept.map(({ definition }) => definition);
  await countAll(customer.id, definitions, items, ctx);
  if (!last) await retryOnConflict(() => finish(customer.id, run, ctx), isConflict);
  return last;
};

/**
 * Counts a page of a customer's timeline, on after a sort key; gives where the next begins, or null when all is counted. Again
 * is harmless: what was counted is claimed.
 */
export const fill = async (customerId: string, after: string | null, run: Run, ctx: Ctx): Promise<string | null> => {
  const customer = await standing(customerId, ctx);
  if (!customer) return null;
  return run.adoptedSince ? fillAdopted(customer, after, run, ctx) : fillAll(customer, after, run, ctx);
};
