import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import { timelineEntry } from '../customers/timeline.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Change } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import { allEvents } from '../shared/store/filters.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { current, type EventValue, valueIn } from './aggregate.ts';
import { applyComputed } from './apply-computed.ts';
import { count } from './count.ts';
import { eventValueOf } from './event-values.ts';
import { newTally, putTally, type Tally, tallies } from './tally.ts';

/** events read at a time, and those counted in one transaction: each is a claim */
const most = { read: 100, counted: 80 };

/** The definitions to compute, and the job that does it. `adoptedSince`: only events adopted from devices since are counted. */
export type Run = { definitions: ComputedDefinition[]; run: string; adoptedSince?: string };

const activeOf = async (customerId: string, { store }: Ctx) => {
  const customer = await store.get(customers, { id: customerId });
  return customer && isActive(customer) ? customer : undefined;
};

const talliesOf = async (customerId: string, { definitions }: Run, { store }: Ctx) => {
  const keys = definitions.map(({ attribute }) => ({ customerId, attribute }));
  const found = await store.getAll(tallies, keys);
  return definitions.map(definition => ({
    definition,
    tally: found.find(({ attribute }) => attribute === definition.attribute),
  }));
};

type Open = { definition: ComputedDefinition; tally: Tally };

const openOf = async (customerId: string, run: Run, ctx: Ctx): Promise<Open[]> => {
  const all = await talliesOf(customerId, run, ctx);
  return all.filter((one): one is Open => {
    const { definition, tally } = one;
    return tally?.of === definition.job && tally.run === run.run && !tally.filled;
  });
};

/** Begins with empty tallies, unless this or a later run has begun. What is shown stays until all is counted. */
const begin = async (customer: StoredCustomer, run: Run, ctx: Ctx) => {
  const all = await talliesOf(customer.id, run, ctx);
  const changes = all.flatMap(({ definition, tally }): Change[] => {
    if (tally && (tally.of > definition.job || (tally.of === definition.job && tally.run >= run.run))) return [];
    return putTally(tally, { ...newTally(customer, definition, run.run), filled: false }, definition);
  });
  if (changes.length) await ctx.store.commit(changes);
};

const finish = async (customerId: string, run: Run, ctx: Ctx) => {
  const { now, store } = ctx;
  const [customer, settings, open] = await Promise.all([
    activeOf(customerId, ctx),
    settingsOf(store),
    openOf(customerId, run, ctx),
  ]);
  if (!customer || !open.length) return;
  const filled = open.map(({ definition, tally }) => {
    const buckets = current(definition.computed, tally.buckets, now);
    const changes = putTally(tally, { ...tally, buckets, filled: true }, definition);
    return { attribute: tally.attribute, value: valueIn(definition.computed, buckets), changes };
  });
  const values = applyComputed(now, customer, filled, settings);
  await store.commit([...filled.flatMap(one => one.changes), ...values]);
};

const pageOf = async (customerId: string, after: string | null, { store }: Ctx) => {
  const part = { limit: most.read, upwards: true, within: allEvents, ...(after ? { after } : {}) };
  const { items, last = null } = await store.partition(['customer', customerId], part);
  return { items, last };
};

const countAll = async (customerId: string, definitions: ComputedDefinition[], items: Item[], ctx: Ctx) => {
  const entries = items.map(timelineEntry);
  const countSome = async (definition: ComputedDefinition, events: EventValue[]) => {
    const customer = await activeOf(customerId, ctx);
    if (customer) await count(customer, [{ definition, events }], ctx);
  };
  for (const definition of definitions) {
    const events = entries.flatMap(entry => eventValueOf(definition, entry) ?? []);
    for (let at = 0; at < events.length; at += most.counted) {
      await retryOnConflict(() => countSome(definition, events.slice(at, at + most.counted)), isConflict);
    }
  }
};

type Filling = (customer: StoredCustomer, after: string | null, run: Run, ctx: Ctx) => Promise<string | null>;

const fillAdopted: Filling = async (customer, after, { definitions, adoptedSince = '' }, ctx) => {
  const { items, last } = await pageOf(customer.id, after, ctx);
  const adopted = items.filter(item => String(item.adopted ?? '') >= adoptedSince);
  await countAll(customer.id, definitions, adopted, ctx);
  return last;
};

const fillAll: Filling = async (customer, after, run, ctx) => {
  if (!after) await retryOnConflict(() => begin(customer, run, ctx), isConflict);
  const open = await openOf(customer.id, run, ctx);
  if (!open.length) return null;
  const { items, last } = await pageOf(customer.id, after, ctx);
  const definitions = open.map(({ definition }) => definition);
  await countAll(customer.id, definitions, items, ctx);
  if (!last) await retryOnConflict(() => finish(customer.id, run, ctx), isConflict);
  return last;
};

/** Counts a page of a timeline after a sort key; returns where the next begins, or null. Repeating it is harmless. */
export const fill = async (customerId: string, after: string | null, run: Run, ctx: Ctx): Promise<string | null> => {
  const customer = await activeOf(customerId, ctx);
  if (!customer) return null;
  return run.adoptedSince ? fillAdopted(customer, after, run, ctx) : fillAll(customer, after, run, ctx);
};
