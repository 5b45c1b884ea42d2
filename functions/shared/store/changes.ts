import type { DataOf, EventType } from '../../../events/define.ts';
import type { AnyEntity, Entity, Item } from './entity.ts';

type EventDetails = {
  event: EventType;
  customerId: string | null;
  about: string;
  data: unknown;
  occurredAt?: string;
  /** emitted at that instant instead of now: a timer */
  at?: string;
} & EventPlacement;

/** The key of an event with an id derived from a message: the same message writes the same item. */
export type EventPlacement = {
  id?: string;
  of?: [kind: string, id: string];
  sortedAt?: string;
  until?: string;
  /** emitted in such volume that the relay publishes it only when its type has a subscription */
  quiet?: boolean;
  /** of the past: it is put on its timeline, and published only to what counts history */
  past?: boolean;
};

export type Emitted = { do: 'emit' } & EventDetails;

/** What a decision wants done, as data. The store does a list of them in one transaction, or none. */
export type Change =
  | { do: 'insert'; entity: AnyEntity; value: unknown }
  | { do: 'put'; entity: AnyEntity; value: unknown }
  | { do: 'update'; entity: AnyEntity; before: unknown; after: unknown }
  | { do: 'remove'; entity: AnyEntity; before: unknown }
  | { do: 'drop'; item: Pick<Item, 'pk' | 'sk'> }
  | { do: 'replace'; item: Item }
  | Emitted
  | { do: 'add'; counters: [kind: string, id: string]; part?: string; by: Record<string, number> };

/** a new record: its insertion fails when the key or a unique value is taken */
export const insert = <T, K>(entity: Entity<T, K>, value: NoInfer<T>): Change => ({ do: 'insert', entity, value });

/** an unversioned record, written over whatever was there; without claims and lookups */
export const put = <T, K>(entity: Entity<T, K>, value: NoInfer<T>): Extract<Change, { do: 'put' }> => ({
  do: 'put',
  entity,
  value,
});

/** a changed record; throws VersionConflict when `before` was changed by another writer */
export const update = <T, K>(entity: Entity<T, K>, before: NoInfer<T>, after: NoInfer<T>): Change => ({
  do: 'update',
  entity,
  before,
  after,
});

/** which record an update changes: a transaction changes a record once */
export const updatedRecord = (change: Change): string[] =>
  change.do === 'update' ? [JSON.stringify(change.entity.key(change.before))] : [];

/** a record that may exist: an update of `before`, or an insertion where there is none */
export const save = <T, K>(entity: Entity<T, K>, before: NoInfer<T> | undefined, after: NoInfer<T>): Change =>
  before ? update(entity, before, after) : insert(entity, after);

export const remove = <T, K>(entity: Entity<T, K>, before: NoInfer<T>): Change => ({ do: 'remove', entity, before });

/** deletes an item as it was read; its claims and lookups stay */
export const drop = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>): Change => ({ do: 'drop', item: { pk, sk } });

/** replaces an item by its key, if it still exists */
export const replace = (item: Item): Change => ({ do: 'replace', item });

/** an event: timeline entry, audit record and bus message in one */
export const emit = <E extends EventType>(
  event: E,
  emitted: {
    customerId?: string | null;
    about: string;
    data: NoInfer<DataOf<E>>;
    occurredAt?: string;
  } & EventPlacement,
): Emitted => ({ do: 'emit', event, customerId: null, ...emitted });

/** published only where its type has a subscription: a bulk import must not flood the bus */
export const ifSubscribed = (change: Change): Change => (change.do === 'emit' ? { ...change, quiet: true } : change);

/** A timer: the event is put on the bus at the instant `at`. Its reaction decides by the state of that time. */
export const schedule = <E extends EventType>(
  at: string,
  event: E,
  emitted: { id?: string; customerId?: string | null; about: string; data: NoInfer<DataOf<E>> },
): Emitted => ({ do: 'emit', event, customerId: null, ...emitted, at });

/** `part`: where a partition has many counters, which are read together */
export const add = (counters: [kind: string, id: string], by: Record<string, number>, part?: string): Change => ({
  do: 'add',
  counters,
  by,
  ...(part === undefined ? {} : { part }),
});

export const created = <T extends object>(now: string, value: T) => ({
  ...value,
  version: 1,
  createdAt: now,
  updatedAt: now,
});

export const updated = <T extends { version: number }>(now: string, before: T, changed: Partial<NoInfer<T>>): T => ({
  ...before,
  ...changed,
  version: before.version + 1,
  updatedAt: now,
});

type Recorded = { id: string; customerId?: string | null | undefined };

/** The event of a record: about it, on its customer's timeline, with what the event's schema takes of it and of `extra`. */
export function eventOf<E extends EventType>(event: E, record: Recorded & NoInfer<DataOf<E>>): Emitted;
export function eventOf<E extends EventType, X extends Partial<DataOf<E>>>(
  event: E,
  record: Recorded & Omit<NoInfer<DataOf<E>>, keyof X>,
  extra: X,
): Emitted;
export function eventOf(event: EventType, record: Recorded, extra: object = {}): Emitted {
  const { id: about, customerId = null } = record;
  return { do: 'emit', event, customerId, about, data: { ...record, ...extra } };
}

export type Counts = Record<string, number>;

export const sumOf = (all: Counts[]): Counts => {
  const sums: Counts = {};
  for (const [name, count] of all.flatMap(Object.entries<number>)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
};

/** Changes with one addition to each item of counters: a transaction touches an item once. */
export const addedTogether = (changes: Change[]): Change[] => {
  const additions = changes.filter(change => change.do === 'add');
  const placeOf = ({ counters, part = '' }: (typeof additions)[number]) => [...counters, part].join('#');
  const sums = [...Map.groupBy(additions, placeOf).values()].map(group =>
    add(group[0]!.counters, sumOf(group.map(({ by }) => by)), group[0]!.part),
  );
  return [...changes.filter(change => change.do !== 'add'), ...sums];
};
