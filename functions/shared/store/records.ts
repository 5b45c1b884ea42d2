import * as z from 'zod';
import type { Ctx } from '../http/context.ts';
import { Reply } from '../http/contract.ts';
import { parse } from '../http/parse.ts';
import { isSameJson, mergePatch } from '../json.ts';
import { lazily } from '../lazily.ts';
import { type Change, created, insert, remove, update, updated } from './changes.ts';
import type { Entity } from './entity.ts';
import type { Store } from './store.ts';

type Params = { params: Record<string, string> };

/** the key in a path: an id, or that of a user */
const keyIn = ({ params: { id = '', userId = id } }: Params) => ({ id: userId });

export const readById =
  <T>(entity: Entity<T, { id: string }>) =>
  (request: Params, { store }: { store: Store }): Promise<T> =>
    store.need(entity, keyIn(request));

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
  (apply: (before: object, patch: object, fields: z.ZodObject) => unknown): Patch =>
  (now, fields, before, patch) => {
    const was = fieldsOf(fields, before);
    const after = parse(fields, apply(was, patch, fields));
    if (isSameJson(was, after)) return undefined;
    const others = Object.entries(before).filter(([name]) => !(name in fields.shape));
    return updated(now, { ...Object.fromEntries(others), ...after } as unknown as typeof before, {});
  };

/**
 * A record under a JSON Merge Patch (RFC 7396) of the fields that clients write; undefined when it changes nothing. The rules
 * between fields hold for the whole that comes of it; everything else of the record stays. Refuses what is invalid (422).
 */
export const merged = patchedBy(mergePatch);

/** whether null is a value of a field: it is no field that may be left out */
const takesNull = (fields: z.ZodObject, name: string) => {
  const field = fields.shape[name] as z.ZodType | undefined;
  return field !== undefined && !field.safeParse(undefined).success && field.safeParse(null).success;
};

/** The record after a patch that replaces whole fields; null removes a field, where it is not one of its values. */
export const replaced = patchedBy((before, patch, fields) =>
  Object.fromEntries(
    Object.entries({ ...before, ...patch }).filter(([name, value]) => value !== null || takesNull(fields, name)),
  ),
);

/** what a command makes of a record, and all changes that this takes */
export type Changed<T> = { after: T; changes: Change[] };

/** The handler of a command on a record: it reads the record, decides, commits, and replies with what the record is then. */
export const changeById =
  <T, Body>(
    entity: Entity<T, { id: string }>,
    decide: (before: T, body: Body, ctx: Ctx) => Changed<T> | Promise<Changed<T>>,
  ) =>
  async (request: Params & { body: Body }, ctx: Ctx): Promise<T> => {
    const { after, changes } = await decide(await ctx.store.need(entity, keyIn(request)), request.body, ctx);
    return ctx.store.commit(changes, after);
  };

/** The handler of a JSON Merge Patch; `changes`: those besides the record's own. A patch without effect changes nothing. */
export const patchById = <S extends z.ZodObject, T extends Stamped>(
  entity: Entity<T, { id: string }>,
  fields: S,
  changes: (after: T, before: T) => Change[],
) =>
  changeById(entity, (before, patch: object, { now }) => {
    const after = merged(now, fields, before, patch);
    if (!after) return { after: before, changes: [] };
    return { after, changes: [update(entity, before, after), ...changes(after, before)] };
  });

/** The handler that deletes a record, with its event; it replies with the record as it was. */
export const removeById = <T>(entity: Entity<T, { id: string }>, event: (record: T) => Change) =>
  changeById(entity, record => ({ after: record, changes: [remove(entity, record), event(record)] }));

/** a filter of lists: whether a record has all these values; one that is undefined does not count */
export const having =
  <T extends object>(values: Partial<T>) =>
  (record: T): boolean =>
    Object.entries(values).every(([name, value]) => value === undefined || record[name as keyof T] === value);

type Nulls<T> = { [K in keyof T as null extends T[K] ? K : never]: null };

/** the fields of a record that may be null, all null: what a new record has where nothing is known */
export const nulls = <S extends z.ZodObject>(schema: S) =>
  lazily(() => {
    const nullable = ([, field]: [string, unknown]) => (field as z.ZodType).safeParse(null).success;
    const names = Object.entries(schema.shape).filter(nullable);
    return Object.fromEntries(names.map(([name]) => [name, null])) as Nulls<z.output<S>>;
  });

type Put<T> = {
  now: string;
  store: Store;
  changes?: ((after: T, before: T | undefined) => Change[]) | undefined;
};

/**
 * What a PUT makes of a record under a key that the company chose: a new one or another one; the same again changes nothing.
 * `fields` is the whole record but its stamps, or makes it from the record before.
 */
export const decidePut = async <T extends Stamped, K>(
  entity: Entity<T, K>,
  key: NoInfer<K>,
  fields: Omit<NoInfer<T>, keyof Stamped> | ((before: NoInfer<T> | undefined) => Omit<NoInfer<T>, keyof Stamped>),
  { now, store, changes = () => [] }: Put<NoInfer<T>>,
): Promise<Changed<T> & { isNew: boolean }> => {
  const before = await store.get(entity, key);
  const given = typeof fields === 'function' ? fields(before) : fields;
  if (!before) {
    const after = created(now, given) as unknown as T;
    return { isNew: true, after, changes: [insert(entity, after), ...changes(after, undefined)] };
  }
  const { version, createdAt, updatedAt } = before;
  const next = { ...given, version, createdAt, updatedAt } as unknown as T;
  if (isSameJson(before, next)) return { isNew: false, after: before, changes: [] };
  const after = updated(now, next, {});
  return { isNew: false, after, changes: [update(entity, before, after), ...changes(after, before)] };
};

/** such a PUT: 201 for a new record, 200 for any other */
export const putRecord = async <T extends Stamped, K>(
  ...[entity, key, fields, put]: Parameters<typeof decidePut<T, K>>
): Promise<T | Reply<T>> => {
  const { isNew, after, changes } = await decidePut(entity, key, fields, put);
  return put.store.commit(changes, isNew ? new Reply(201, after) : after);
};

type PutRules<T, Body> = {
  check?: (given: Body & { id: string }, ctx: Ctx) => Promise<Change[] | undefined>;
  changes: Put<T>['changes'];
};

/** The handler of such a PUT, under an id that fits `Id`; `check` refuses what does not fit other records, and may add changes. */
export const putById =
  <T extends Stamped & { id: string }, Body extends object>(
    entity: Entity<T, { id: string }>,
    Id: z.ZodType<string>,
    { check, changes }: PutRules<T, Body>,
  ) =>
  async (request: Params & { body: Body }, ctx: Ctx): Promise<T | Reply<T>> => {
    const params = parse(z.object({ id: Id, userId: Id }).partial(), request.params);
    const key = keyIn({ params: params as Params['params'] });
    const given = { ...request.body, ...key };
    const more = (await check?.(given, ctx)) ?? [];
    const all: Put<T>['changes'] = (after, before) => [...(changes?.(after, before) ?? []), ...more];
    return putRecord(entity, key, given as unknown as Omit<T, keyof Stamped>, { ...ctx, changes: all });
  };
