import { isDeepStrictEqual } from 'node:util';
import { invalid } from '../../shared/http/api-error.ts';
import { Reply } from '../../shared/http/contract.ts';
import { fieldErrors } from '../../shared/http/parse.ts';
import { type Change, created, insert, update, updated } from '../../shared/store/changes.ts';
import type { Entity } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import { Key } from './keys.ts';

type Record = { id: string; version: number; createdAt: string; updatedAt: string };
type Settled = { now: string; store: Store; told: (id: string) => Change };

export const keyOf = (id: string, schema = Key) => {
  const parsed = schema.safeParse(id);
  if (!parsed.success) throw invalid(fieldErrors(parsed.error.issues, ['id']));
  return parsed.data;
};

const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** whether two records say the same, absent and undefined being one */
export const same = (a: object, b: object) => isDeepStrictEqual(plain(a), plain(b));

/** A record under a key that the company chose: put there, or put in place of what was there. The same again changes nothing. */
export const putRecord = async <T extends Record>(
  entity: Entity<T, { id: string }>,
  { id, ...settings }: Omit<T, keyof Omit<Record, 'id'>>,
  { now, store, told }: Settled,
): Promise<T | Reply<T>> => {
  const key = keyOf(id);
  const before = await store.get(entity, { id: key });
  if (!before) {
    const record = created(now, { id: key, ...settings }) as unknown as T;
    return store.commit([insert(entity, record), told(key)], new Reply(201, record));
  }
  const { version, createdAt, updatedAt } = before;
  const after = { id: key, ...settings, version, createdAt, updatedAt } as unknown as T;
  if (same(before, after)) return before;
  const changed = updated(now, after, {});
  return store.commit([update(entity, before, changed), told(key)], changed);
};
