import { customers } from '../customers/customer.ts';
import { buckets } from '../customers/lookups/blocking.ts';
import { duplicates } from '../merging/duplicate.ts';
import type { Ctx } from '../shared/http/context.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { SliceCtx, Work } from '../shared/jobs/work.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { comparePairs } from './compare-pairs.ts';
import { commitJudged, eventsIfSubscribed, type Judging, judgePairs } from './judge-pairs.ts';
import { type Entry, neighbours, reachOf } from './neighbours.ts';
import { matchingSettings } from './settings.ts';

export const searchKind = 'find-duplicates';

export const startSearch = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>, only: { single?: true } = {}) =>
  startJob(now, { kind: searchKind, by: actor, cancelScope: 'merge.write', ...only });

type Area = { entry: Entry; bucket: string };

export const areas: Area[] = (['block', 'phone', 'name'] as const).flatMap(entry =>
  buckets[entry].map(bucket => ({ entry, bucket })),
);

/** where the next page begins: an area, and a sort key in it; the first `known` rows after it were compared already */
export type Position = { area: number; after?: string; known?: number };

type Counts = { looked: number; compared: number; found: number };

const together = { rows: 1000, pairs: 1000 };

const distinct = (pairs: [string, string][]) => [
  ...new Map(pairs.map(pair => [pair.toSorted().join(' '), pair])).values(),
];

const judgeAll = async (pairs: [string, string][], judging: Judging) => {
  const compared = await comparePairs(judging.store, pairs);
  return commitJudged(judging.store, eventsIfSubscribed(await judgePairs(compared, [], judging)));
};

/** Searches a page of an area. Its last rows are read again with the next page, as they may be like the first rows there. */
export const searchPage = async (
  { area, after, known = 0 }: Position,
  judging: Judging,
): Promise<[Position, Counts]> => {
  const { entry, bucket } = areas[area]!;
  const { items, more } = await judging.store.bucket(customers, entry, bucket, { limit: together.rows, after });
  const pairs = distinct(neighbours(entry, items, known));
  let found = 0;
  for (let at = 0; at < pairs.length; at += together.pairs) {
    found += await retryOnConflict(() => judgeAll(pairs.slice(at, at + together.pairs), judging));
  }
  const reach = reachOf[entry];
  const next = more ? { area, after: items.at(-1 - reach)!.place, known: reach } : { area: area + 1 };
  return [next, { looked: items.length - known, compared: pairs.length, found }];
};

/** a position among what customers are found by, and after all of that in the open duplicates */
type Cursor = Position | { open: string | null };

/** rows of a slice, or pairs, or open duplicates in pages */
const most = { rows: 6000, pairs: 3000, open: 1000, page: 100 };

type Searching = Judging & Pick<SliceCtx, 'perSlice'>;

const searchOn = async (from: Position, judging: Searching): Promise<[Position, Counts]> => {
  const sum: Counts = { looked: 0, compared: 0, found: 0 };
  const [rows, pairs] = [judging.perSlice(most.rows), judging.perSlice(most.pairs)];
  let at = from;
  while (at.area < areas.length && sum.looked < rows && sum.compared < pairs) {
    const [next, counts] = await searchPage(at, judging);
    at = next;
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name];
  }
  return [at, sum];
};

const judgeOpen = async (from: string | null, judging: Searching) => {
  const { store } = judging;
  const open = judging.perSlice(most.open);
  const counts = { judgedAgain: 0, changed: 0 };
  let cursor = from;
  do {
    const paging = { limit: Math.min(most.page, open), cursor: cursor ?? undefined };
    const page = await store.list(duplicates, 'state', 'open', paging);
    const pairs = page.items.map(one => one.customers);
    const judged = await judgePairs(await comparePairs(store, pairs), page.items, judging);
    counts.changed += await commitJudged(store, eventsIfSubscribed(judged));
    counts.judgedAgain += page.items.length;
    cursor = page.nextCursor;
  } while (cursor && counts.judgedAgain < open);
  return { cursor: cursor === null ? null : { open: cursor }, counts };
};

/** Searches all customers once. Records with a common key are adjacent: one page replaces thousands of lookups. */
export const searchWork: Work = {
  async slice({ cursor }, { now, store, perSlice }) {
    const judging = { now, store, perSlice, rules: await matchingSettings.of(store) };
    const at = (cursor as Cursor | null) ?? { area: 0 };
    if ('open' in at) return judgeOpen(at.open, judging);
    const [next, counts] = await searchOn(at, judging);
    const result = { done: next.area, of: areas.length };
    return { cursor: next.area < areas.length ? next : { open: null }, counts, result };
  },
};
