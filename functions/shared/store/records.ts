import type * as z from 'zod';
import { Reply } from '../http/contract.ts';
import { parse } from '../http/parse.ts';
import { isSameJson, mergePatch } from '../json.ts';
import { type Change, created, insert, update, updated } from './changes.ts';
import { type Entity, type Place, revive } from './entity.ts';
import type { Page, Paging, Store } from './store.ts';

export const readById =
  <T>(entity: Entity<T, { id: string }>) =>
  ({ params: { id = '' } }: { params: Record<string, string> }, { store }: { store: Store }): Promise<T> =>
    store.need(entity, { id });

/** a page of the records of one kind in a partition */
export const recordPage = async <T, K>(
  store: Store,
  entity: Entity<T, K>,
  of: Place['of'],
  part: Paging & { within?: { from: string; to: string }; upwards?: boolean },
): Promise<Page<T>> => {
  const { items, nextCursor } = await store.range(of, part);
  return { items: items.map(item => revive(entity, item)), nextCursor };
};

type Stamped = { version: number; createdAt: string; updatedAt: string };

export const fieldsOf = <S extends z.ZodObject>(fields: S, record: object) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name in fields.shape)) as z.input<S>;

type Patch = <S extends z.ZodObject, T extends Stamped>(
  now: string,
  fields: S,
  before: T,
  patch: object,
) => T | undefined;

const patchedBy =
  (apply: (before: object, patch: object) => unknown): Patch =>
  (now, fields, before, patch) => {
    const was = fieldsOf(fields, before);
    const after = parse(fields, apply(was, patch));
    if (isSameJson(was, after)) return undefined;
    const others = Object.entries(before).filter(([name]) => !(name in fields.shape));
    return updated(now, { ...Object.fromEntries(others), ...after } as unknown as typeof before, {});
  };

/**
 * A record under a JSON Merge Patch (RFC 7396) of the fields that clients write; undefined when it changes nothing. The rules
 * between fields hold for the whole that comes of it; everything else of the record stays. Refuses what is invalid (422).
 */
export const merged = patchedBy(mergePatch);

/** The record after a patch that replaces whole fields; null removes a field. */
export const replaced = patchedBy((before, patch) =>
  Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null)),
);

type Put<T> = {
  now: string;
  store: Store;
  changes?: (after: T, before: T | undefined) => Change[];
};

/**
 * PUT of a record under a key that the company chose: creates it (201) or replaces it (200); the same again changes nothing.
 * `fields` is the whole record but its stamps, or makes it from the record before.
 */
export const putRecord = async <T extends Stamped, K>(
  entity: Entity<T, K>,
  key: NoInfer<K>,
  fields: Omit<NoInfer<T>, keyof Stamped> | ((before: NoInfer<T> | undefined) => Omit<NoInfer<T>, keyof Stamped>),
  { now, store, changes = () => [] }: Put<NoInfer<T>>,
): Promise<T | Reply<T>> => {
  const before = await store.get(entity, key);
  const given = typeof fields === 'function' ? fields(before) : fields;
  if (!before) {
    const record = created(now, given) as unknown as T;
    return store.commit([insert(entity, record), ...changes(record, undefined)], new Reply(201, record));
  }
  const { version, createdAt, updatedAt } = before;
  const after = { ...given, version, createdAt, updatedAt } as unknown as T;
  if (isSameJson(before, after)) return before;
  const record = updated(now, after, {});
  return store.commit([update(entity, before, record), ...changes(record, before)], record);
};
