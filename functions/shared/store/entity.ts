import type * as z from 'zod';
import type { EventType } from '../../../events/define.ts';
import type { Problem } from '../http/api-error.ts';
import type { Scope } from '../http/contract.ts';
import type { Json } from '../json.ts';
import type { Written } from '../text/searchable-text.ts';
import type { EraseRecord } from './erase.ts';
import type { OnMerge } from './merge.ts';
import { lessOf, moreOf } from './usual.ts';

/** Where an item lives: partition `<tenant>#<kind>#<id>`, sort key `part`. */
export type Place = { of: [kind: string, id: string]; part: string };

/** sort key of a partition's main record: after every other part, so that a descending query meets it first */
export const main = '~';

/** prefix of event items in a partition: before every other part, newest last */
export const eventPart = (occurredAt: string, id: string) => `@${occurredAt}#${id}`;

type Lookup<T> = {
  of: (value: T) => (string | null | undefined)[];
  /** how a value is written to be sorted (default: as it is) */
  form?: (value: string) => string;
  /** which entries share a partition (default: equal values), by how they are written; a prefix search stays within one */
  bucket?: (value: string) => string;
};

export type List<T> = {
  by: (value: T) => string | undefined;
  /** its place on the list (default: its id, that is by age); lists are read downwards by default */
  sort?: (value: T) => string;
  shards?: number;
  /** what its shard follows from (default: its id) */
  spread?: (value: T) => string;
};

export type Unique<T> = {
  /** thrown where another record has the value, with that record's id as `holder` */
  taken: Problem;
  of: (value: T) => string | null | undefined | string[];
};

export type SearchText<T> = {
  scope: Scope;
  events: EventType[];
  /** whether a caller with that scope may know of it (default: yes) */
  readable?: (value: T, caller: { scopes: ReadonlySet<string> }) => boolean;
  /** by default written when the record was created, by its `by` */
  of: (value: T) => Pick<Written, 'title' | 'body'> & Partial<Written>;
  /** where it is part of another record: that record's entity, the event data with its id, and its key */
  partOf?: { entity: AnyEntity; idIn: string; key: (id: string, wholeId: string) => object };
};

/** That conditions find a customer's records of it: `{ record: 'case' }`. */
export type Fact<T> = {
  record: string;
  /** what conditions may compare */
  shown: z.ZodType;
  /** the record as conditions see it, where it is not as it is stored; undefined: they do not */
  of?: (value: T) => Record<string, unknown> | undefined;
  /** the nouns of the events that change it (default: that of the record); they are about the record */
  nouns?: string[];
  /** its key by what its events are about (default: the id) */
  keyOf?: (about: string) => object;
};

type Declared<T, K> = {
  /**
   * What becomes of it when its customer is erased. not-personal: it has no personal data beyond an id ·
   * delete: it is removed · a function: what is left of it, and what goes with it
   */
  onErase: 'not-personal' | 'delete' | EraseRecord<T>;
  /** what the receipt of an erasure counts it under (default: the kind's plural) */
  area?: string;
  /** what becomes of it when its customer is merged into another; needed where it is a customer's */
  onMerge?: OnMerge<T>;
  key?: (key: K) => Place;
  searchText?: SearchText<T>;
  /** needs an owner or a list `customer` */
  fact?: Fact<T>;
  owner?: (value: T) => string | null | undefined;
  /** the first two are on an index each, the others are lookup items; a list `customer` is one of the first two */
  lists?: Record<string, List<T>>;
  unique?: Record<string, Unique<T>>;
  entries?: Record<string, Lookup<T>>;
  expires?: (value: T) => string | undefined;
  /** what most records have, which is not stored: a rewrite is charged by the kilobyte, in the table and in each index */
  usual?: () => Partial<T>;
  /** a text that is stored apart where it is long: `as` that field of a record in the same partition, which is written with it */
  longText?: { field: string; part: (id: string) => string; as: string };
  /** upcasts[n] turns a document of schema n + 1 into one of schema n + 2 */
  upcasts?: ((old: Record<string, unknown>) => Record<string, unknown>)[];
};

export type Entity<T = unknown, K = unknown> = Declared<T, K> & {
  kind: string;
  schema: z.ZodType<T>;
  key: (key: K) => Place;
  upcasts: ((old: Record<string, unknown>) => Record<string, unknown>)[];
};

// biome-ignore lint/suspicious/noExplicitAny: entities of all types share one list
export type AnyEntity = Entity<any, any>;

/** the names of the two list indexes, in the order lists are declared; further lists are items of their own */
export const listIndexes = ['gsi2', 'gsi3'] as const;

/** Declares what is stored under `kind`: its schema, key, uniqueness, lists and lookups. No other file writes its keys. */
export const entity = <T, K = { id: string }>(
  kind: string,
  schema: z.ZodType<T>,
  declared: Declared<T, K>,
): Entity<T, K> => {
  // merges and erasures find a customer's records through the indexes
  if (Object.keys(declared.lists ?? {}).indexOf('customer') >= listIndexes.length)
    throw new Error(`${kind}: the list customer must be one of the first ${listIndexes.length}`);
  return {
    key: (key: K) => ({ of: [kind, (key as { id: string }).id], part: main }),
    upcasts: [],
    ...declared,
    kind,
    schema,
  };
};

export type Item = { pk: string; sk: string; [attribute: string]: unknown };

const idOf = (value: unknown) => (value as { id?: string }).id ?? '';

/** the shard of a value: always the same */
export const shardOf = (id: string, shards: number) => {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return hash % shards;
};

export const placeKey = (tenant: string, { of: [kind, id], part }: Place) => {
  if (!part) throw new Error(`a key cannot be empty: the part of ${kind} ${id}`);
  return { pk: `${tenant}#${kind}#${id}`, sk: part };
};

export const listPartition = (tenant: string, kind: string, list: string, by: string, shard: number) =>
  `${tenant}#${kind}.${list}#${by}#${shard}`;

export const ownerPartition = (tenant: string, customerId: string) => `${tenant}#owner#${customerId}`;

export const claimKey = (tenant: string, kind: string, name: string, value: string) => ({
  pk: `${tenant}#claim#${kind}.${name}#${value}`,
  sk: main,
});

export const bucketPartition = (tenant: string, kind: string, name: string, bucket: string) =>
  `${tenant}#entry#${kind}.${name}#${bucket}`;

export const writtenAs = <T, K>({ entries }: Entity<T, K>, name: string, value: string) =>
  entries?.[name]?.form?.(value) ?? value;

export const entryPartition = <T, K>(tenant: string, entity: Entity<T, K>, name: string, value: string) => {
  const written = writtenAs(entity, name, value);
  return bucketPartition(tenant, entity.kind, name, entity.entries?.[name]?.bucket?.(written) ?? written);
};

export const entrySorts = <T, K>(entity: Entity<T, K>, name: string, record: T) =>
  (entity.entries?.[name]?.of(record) ?? []).flatMap(value =>
    value ? [{ value, sk: `${writtenAs(entity, name, value)}#${idOf(record)}` }] : [],
  );

const placeOn = <T>(tenant: string, { kind, name, list }: { kind: string; name: string; list: List<T> }, value: T) => {
  const by = list.by(value);
  if (by === undefined) return undefined;
  const pk = listPartition(tenant, kind, name, by, shardOf(list.spread?.(value) ?? idOf(value), list.shards ?? 1));
  const sk = list.sort ? `${list.sort(value)}#${idOf(value)}` : idOf(value);
  if (!sk) throw new Error(`a key cannot be empty: the place on the list ${name} of ${kind}`);
  return { pk, sk };
};

const listKeys = <T, K>(tenant: string, { kind, lists = {} }: Entity<T, K>, value: T) => {
  const keys: Record<string, string> = {};
  listIndexes.forEach((index, nth) => {
    const [name, list] = Object.entries(lists)[nth] ?? [];
    const place = name && list && placeOn(tenant, { kind, name, list }, value);
    if (place) Object.assign(keys, { [`${index}pk`]: place.pk, [`${index}sk`]: place.sk });
  });
  return keys;
};

const ownerKeys = <T, K>(tenant: string, { kind, owner }: Entity<T, K>, value: T) => {
  const customerId = owner?.(value);
  if (!customerId) return {};
  // the time part of the id first: the latest records of all kinds together
  const [, stamp = ''] = idOf(value).split('_');
  return { gsi1pk: ownerPartition(tenant, customerId), gsi1sk: `${stamp}#${kind}` };
};

/** the time to live of a value's items */
export const expiryOf = <T, K>({ expires }: Entity<T, K>, value: T | undefined) => {
  const expiry = value === undefined ? undefined : expires?.(value);
  return expiry ? { expiresAt: Math.floor(Date.parse(expiry) / 1000) } : {};
};

/** letters of a text that is stored in its record */
const shortText = 120;

const docOf = <T, K>({ usual, longText }: Entity<T, K>, value: T) => {
  const doc = usual ? lessOf(value as Json, usual()) : (value as Json);
  if (!longText || (doc[longText.field] as string).length <= shortText) return doc;
  const { [longText.field]: _, ...rest } = doc;
  return rest;
};

export const itemOf = <T, K>(tenant: string, entity: Entity<T, K>, value: T): Item => {
  return {
    ...placeKey(tenant, entity.key(value as unknown as K)),
    kind: entity.kind,
    schema: entity.upcasts.length + 1,
    doc: docOf(entity, value),
    ...ownerKeys(tenant, entity, value),
    ...listKeys(tenant, entity, value),
    ...expiryOf(entity, value),
  };
};

/** a stored item as the value it is today; older schemas pass through the upcasts */
export const revive = <T, K>(entity: Entity<T, K>, item: Record<string, unknown>): T => {
  const since = (item.schema as number) - 1;
  const doc = entity.upcasts.slice(since).reduce((doc, upcast) => upcast(doc), item.doc as Record<string, unknown>);
  return (entity.usual ? moreOf(doc, entity.usual()) : doc) as T;
};

export const claimsOf = <T, K>(tenant: string, { kind, unique = {} }: Entity<T, K>, value: T | undefined) => {
  const claims = new Map<string, { pk: string; sk: string; taken: Problem }>();
  if (value === undefined) return claims;
  for (const [name, { taken, of }] of Object.entries(unique)) {
    for (const held of [of(value)].flat()) {
      if (held) claims.set(`${name}#${held}`, { ...claimKey(tenant, kind, name, held), taken });
    }
  }
  return claims;
};

export const entriesOf = <T, K>(tenant: string, entity: Entity<T, K>, value: T | undefined) => {
  const entries = new Map<string, { pk: string; sk: string }>();
  if (value === undefined) return entries;
  for (const name of Object.keys(entity.entries ?? {})) {
    for (const { value: found, sk } of entrySorts(entity, name, value)) {
      const pk = entryPartition(tenant, entity, name, found);
      entries.set(`${pk}#${sk}`, { pk, sk });
    }
  }
  for (const [name, list] of Object.entries(entity.lists ?? {}).slice(listIndexes.length)) {
    const place = placeOn(tenant, { kind: entity.kind, name, list }, value);
    if (place) entries.set(`${place.pk}#${place.sk}`, place);
  }
  return entries;
};
