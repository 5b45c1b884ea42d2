import { insert, remove, save } from '../shared/store/changes.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import type { Store } from '../shared/store/store.ts';
import { lastNumber, type Numbered, numbered, shardWaiting, waiting, waitingShards } from './change.ts';

/** of a transaction: each is put in its place and taken from those that wait, and one counter is moved */
const together = 45;

const oldest = async (store: Store, most: number) => {
  const shards = Array.from({ length: waitingShards }, (_, shard) =>
    recordPage(store, waiting, shardWaiting(shard), { limit: most, upwards: true }),
  );
  const found = (await Promise.all(shards)).flatMap(({ items }) => items);
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, most);
};

/** Gives the events that wait longest their numbers, without a gap: who reads at the same time decides again. */
const numberSome = (store: Store, most: number): Promise<Numbered[]> =>
  retryOnConflict(async () => {
    const before = await store.get(lastNumber, {});
    const next = await oldest(store, Math.min(most, together));
    if (!next.length) return [];
    const last = before?.last ?? 0;
    const placed = next.map(({ version: _, ...one }, nth) => ({ ...one, sequence: last + nth + 1 }));
    const counter = { last: last + next.length, version: (before?.version ?? 0) + 1 };
    return store.commit(
      [
        save(lastNumber, before, counter),
        ...placed.map(one => insert(numbered, one)),
        ...next.map(one => remove(waiting, one)),
      ],
      placed,
    );
  });

/** The changes after a number, in their order: first those that have one, read by their keys, then those that wait for one. */
export const changesAfter = async (store: Store, after: number, most: number): Promise<Numbered[]> => {
  const keys = Array.from({ length: most }, (_, nth) => ({ sequence: after + nth + 1 }));
  const found = (await store.getAll(numbered, keys)).toSorted((a, b) => a.sequence - b.sequence);
  while (found.length < most) {
    const more = await numberSome(store, most - found.length);
    // another reader numbered some meanwhile: the next page has them
    if (!more.length || more[0]!.sequence !== after + found.length + 1) break;
    found.push(...more);
  }
  return found;
};
