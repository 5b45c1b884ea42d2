import type { AnyImportable, Recorded } from '../../shared/imports/importable.ts';
import { put } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import { plus } from '../../shared/time/duration.ts';
import { rehearsed, rehearsedFor } from '../rehearsed.ts';
import type { MadeRecord } from './decide-records.ts';

/** What an import of records stands on: where they are looked up, and what becomes of them is kept. */
export type RecordGround = {
  /** the records there are, by their keys */
  found(keys: string[]): Promise<Map<string, Recorded>>;
  /** tells of each what kept it from being written, or undefined */
  write(made: MadeRecord[]): Promise<(unknown | undefined)[]>;
};

/** the records themselves */
export const storedRecords = (store: Store, { entity, key: unique, written }: AnyImportable): RecordGround => ({
  async found(keys) {
    const ids = await store.holders(keys.map(value => ({ entity, unique, value })));
    const there = await store.getAll(
      entity,
      ids.flatMap(id => (id ? [{ id }] : [])),
    );
    const byId = new Map((there as Recorded[]).map(one => [one.id, one]));
    return new Map(keys.flatMap((key, nth) => [[key, byId.get(ids[nth] ?? '')] as const].flatMap(held)));
  },
  write: made => store.commitAll(made.map(({ before, after, more }) => [...written(before, after), ...more])),
});

const held = ([key, record]: readonly [string, Recorded | undefined]) => (record ? [[key, record] as const] : []);

/** The records as they would be: nothing of them is written, and every row is told as if it had been. */
export const rehearsedRecords = (
  store: Store,
  records: AnyImportable,
  { importId, now }: { importId: string; now: string },
): RecordGround => {
  const stored = storedRecords(store, records);
  const until = plus(now, rehearsedFor);
  const idOf = (key: string) => `${records.entity.kind}:${key}`;
  return {
    async found(keys) {
      const would = await store.getAll(
        rehearsed,
        keys.map(key => ({ importId, id: idOf(key) })),
      );
      const byId = new Map(would.map(({ id, record }) => [id, record as Recorded | undefined]));
      const are = await stored.found(keys.filter(key => !byId.has(idOf(key))));
      return new Map(keys.flatMap(key => held([key, byId.get(idOf(key)) ?? are.get(key)])));
    },
    write: made =>
      store.commitAll(
        made.map(({ key, after }) => [put(rehearsed, { importId, id: idOf(key), record: after, until })]),
      ),
  };
};
