import { add, type Change, type Counts, sumOf } from './changes.ts';
import { shardOf } from './entity.ts';
import type { Store } from './store.ts';

/** Counters of things of a kind, those of each spread over items: an item takes one transaction at a time. */
export const shardedCounters = (kind: string, shards: number) => {
  const placeOf = (id: string, shard: number): [kind: string, id: string] => [kind, `${id}#${shard}`];
  return {
    /** `by`: what spreads the additions; `part`: counters of their own, such as those of a day */
    add: (id: string, by: string, counts: Counts, part?: string): Change[] => {
      const changed = Object.entries(counts).filter(([, count]) => count !== 0);
      return changed.length ? [add(placeOf(id, shardOf(by, shards)), Object.fromEntries(changed), part)] : [];
    },
    /** the counters of each part, by part; at most `most` of each shard */
    parts: async (store: Store, id: string, most: number): Promise<[part: string, counts: Counts][]> => {
      const pages = Array.from({ length: shards }, (_, shard) => store.partition(placeOf(id, shard), { limit: most }));
      const items = (await Promise.all(pages)).flatMap(page => page.items);
      const numbersIn = (item: object) =>
        Object.fromEntries(Object.entries(item).filter(([, is]) => typeof is === 'number'));
      return [...Map.groupBy(items, ({ sk }) => sk)]
        .map(([part, all]): [string, Counts] => [part, sumOf(all.map(numbersIn))])
        .sort(([a], [b]) => (a < b ? -1 : 1));
    },
    read: async (store: Store, id: string): Promise<Counts> =>
      sumOf(await Promise.all(Array.from({ length: shards }, (_, shard) => store.counters(placeOf(id, shard))))),
  };
};
