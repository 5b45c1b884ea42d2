import { add, type Change, type Counts, sumOf } from './changes.ts';
import { shardOf } from './entity.ts';
import type { Store } from './store.ts';

/** Counters of things of a kind, those of each spread over items: an item takes one transaction at a time. */
export const shardedCounters = (kind: string, shards: number) => {
  const placeOf = (id: string, shard: number): [kind: string, id: string] => [kind, `${id}#${shard}`];
  return {
    /** `by`: what spreads the additions */
    add: (id: string, by: string, counts: Counts): Change[] => {
      const changed = Object.entries(counts).filter(([, count]) => count !== 0);
      return changed.length ? [add(placeOf(id, shardOf(by, shards)), Object.fromEntries(changed))] : [];
    },
    read: async (store: Store, id: string): Promise<Counts> =>
      sumOf(await Promise.all(Array.from({ length: shards }, (_, shard) => store.counters(placeOf(id, shard))))),
  };
};
