import { customers } from '../customers/customer.ts';
import { buckets } from '../customers/lookups/blocking.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { commitJudged, saidQuietly } from './commit-judged.ts';
import { comparePairs } from './compare-pairs.ts';
import { type Judging, judgePairs } from './judge-pairs.ts';
import { type Entry, neighbours, reachOf } from './neighbours.ts';

type Area = { entry: Entry; bucket: string };

/** everything that customers are found by */
export const areas: Area[] = (['block', 'phone', 'name'] as const).flatMap(entry =>
  buckets[entry].map(bucket => ({ entry, bucket })),
);

/** where the next page begins: an area, and there a sort key, after which the first rows were compared among themselves already */
export type Place = { area: number; after?: string; known?: number };

export type Counts = { looked: number; compared: number; found: number };

/** rows that are read at a time, and pairs that are compared at a time */
const together = { rows: 1000, pairs: 1000 };

const once = (pairs: [string, string][]) => [...new Map(pairs.map(pair => [pair.toSorted().join(' '), pair])).values()];

const judgeAll = async (pairs: [string, string][], judging: Judging) => {
  const compared = await comparePairs(judging.store, pairs);
  return commitJudged(judging.store, saidQuietly(await judgePairs(compared, [], judging)));
};

/** Looks through a page of an area. Its last rows are read again with the next page: what comes then may be alike. */
export const lookThrough = async ({ area, after, known = 0 }: Place, judging: Judging): Promise<[Place, Counts]> => {
  const { entry, bucket } = areas[area]!;
  const { items, more } = await judging.store.bucket(customers, entry, bucket, { limit: together.rows, after });
  const pairs = once(neighbours(entry, items, known));
  let found = 0;
  for (let at = 0; at < pairs.length; at += together.pairs) {
    found += await retryOnConflict(() => judgeAll(pairs.slice(at, at + together.pairs), judging));
  }
  const reach = reachOf[entry];
  const next = more ? { area, after: items.at(-1 - reach)!.place, known: reach } : { area: area + 1 };
  return [next, { looked: items.length - known, compared: pairs.length, found }];
};
