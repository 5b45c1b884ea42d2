import type { Work } from '../shared/jobs/work.ts';
import { commitJudged, saidQuietly } from './commit-judged.ts';
import { comparePairs } from './compare-pairs.ts';
import { duplicates } from './duplicate.ts';
import { type Judging, judgePairs } from './judge-pairs.ts';
import { areas, type Counts, lookThrough, type Place } from './look-through.ts';
import { matchingRules } from './settings.ts';

/** a place in what customers are found by, and after all of that in the duplicates that are open */
type Cursor = Place | { open: string | null };

/** so many rows make a slice, or so many pairs of them, or so many duplicates in pages */
const slice = { rows: 6000, pairs: 3000, open: 1000, page: 100 };

const lookOn = async (from: Place, judging: Judging): Promise<[Place, Counts]> => {
  const sum: Counts = { looked: 0, compared: 0, found: 0 };
  let at = from;
  while (at.area < areas.length && sum.looked < slice.rows && sum.compared < slice.pairs) {
    const [next, counts] = await lookThrough(at, judging);
    at = next;
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name];
  }
  return [at, sum];
};

/** what was found under other settings, and looks alike no longer, is closed */
const lookAgain = async (from: string | null, judging: Judging) => {
  const { store } = judging;
  const counts = { judgedAgain: 0, changed: 0 };
  let cursor = from;
  do {
    const paging = { limit: slice.page, ...(cursor ? { cursor } : {}) };
    const { items, nextCursor } = await store.list(duplicates, 'state', 'open', paging);
    const pairs = items.map(one => one.customers);
    const judged = await judgePairs(await comparePairs(store, pairs), items, judging);
    counts.changed += await commitJudged(store, saidQuietly(judged));
    counts.judgedAgain += items.length;
    cursor = nextCursor;
  } while (cursor && counts.judgedAgain < slice.open);
  return { cursor: cursor === null ? null : { open: cursor }, counts };
};

/**
 * Looks through all customers once. What is found by the same is filed side by side: it takes a page where looking up one
 * customer after the other takes thousands of requests.
 */
export const searchWork: Work = {
  async slice({ cursor }, { now, store }) {
    const judging = { now, store, rules: await matchingRules(store) };
    const at = (cursor as Cursor | null) ?? { area: 0 };
    if ('open' in at) return lookAgain(at.open, judging);
    const [next, counts] = await lookOn(at, judging);
    const result = { done: next.area, of: areas.length };
    return { cursor: next.area < areas.length ? next : { open: null }, counts, result };
  },
};
