import type { StoredCustomer } from '../functions/customers/customer.ts';
import { subjectOf } from '../functions/customers/lookups/subject.ts';
import { candidateIds } from '../functions/matching/candidates.ts';
import type { Entry } from '../functions/matching/neighbours.ts';
import { score } from '../functions/matching/score.ts';
import { areas, type Position, searchPage } from '../functions/matching/search-work.ts';
import { MatchingRules } from '../functions/matching/settings.ts';
import { sampled, sharesAmong } from '../functions/matching/shares.ts';
import type { StoredDuplicate } from '../functions/merging/duplicate.ts';
import type { Change } from '../functions/shared/store/changes.ts';
import type { Store } from '../functions/shared/store/store.ts';
import { filedRows, sortedLookups } from './sorted-lookups.ts';

export const pairKey = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** every pair of ids of the same person */
export const truePairs = (people: Map<string, string>) => {
  const ids = new Map<string, string[]>();
  for (const [id, person] of people) ids.set(person, [...(ids.get(person) ?? []), id]);
  return new Set(
    [...ids.values()].flatMap(same => same.flatMap((a, nth) => same.slice(nth + 1).map(b => pairKey(a, b)))),
  );
};

/** precision, recall and F1 of the pairs found */
export const qualityOf = (found: Set<string>, truth: Set<string>) => {
  const right = [...found].filter(pair => truth.has(pair)).length;
  const [precision, recall] = [found.size ? right / found.size : 1, right / truth.size];
  return { right, wrong: found.size - right, precision, recall, f1: (2 * precision * recall) / (precision + recall) };
};

/** Every customer looked up and compared as the product does it; probabilities by pair. */
export const link = async (all: StoredCustomer[]) => {
  const lookups = sortedLookups(all);
  const subjects = new Map(all.map(customer => [customer.id as string, subjectOf(customer)]));
  const shares = sharesAmong([...subjects.values()].slice(0, sampled));
  const probabilities = new Map<string, number>();
  let candidates = 0;
  for (const customer of all) {
    const ids = await candidateIds(customer, lookups);
    candidates += ids.length;
    for (const id of ids) {
      const [a, b] = [subjects.get(customer.id), subjects.get(id)];
      if (a && b) probabilities.set(pairKey(a.id, b.id), score(a, b, shares).probability);
    }
  }
  return { probabilities, candidates: candidates / all.length, queries: lookups.queries() / all.length };
};

/** the part of a store that a search through all customers uses; `requests` counts its requests */
const searchedStore = (all: StoredCustomer[]) => {
  const filed = filedRows(all);
  const stored = new Map(all.map(customer => [customer.id as string, customer]));
  const found = new Map<string, StoredDuplicate>();
  let requests = 0;
  const store = {
    bucket: async (
      _: unknown,
      entry: Entry,
      name: string,
      { limit, after = '' }: { limit: number; after?: string },
    ) => {
      requests++;
      const rows = (filed[entry].get(name) ?? []).map(row => ({ ...row, place: `${row.value}#${row.id}` }));
      const at = rows.findIndex(({ place }) => place > after);
      const items = at < 0 ? [] : rows.slice(at, at + limit);
      return { items, more: at >= 0 && at + limit < rows.length };
    },
    getByIds: async ({ kind }: { kind: string }, given: string[]) => {
      const ids = [...new Set(given)];
      requests += Math.ceil(ids.length / 100);
      return ids.flatMap(id => (kind === 'customer' ? stored : found).get(id) ?? []);
    },
    list: async () => ({ items: all.slice(0, sampled), nextCursor: null }),
    commitAll: async (units: Change[][]) => {
      for (const change of units.flat()) {
        if (change.do !== 'insert') continue;
        const duplicate = change.value as StoredDuplicate;
        found.set(duplicate.id, duplicate);
      }
      return units.map(() => undefined);
    },
  };
  return { store: store as unknown as Store, requests: () => requests, found };
};

/** All customers looked through at once as the product's search does it; probabilities by pair of what it found. */
export const search = async (all: StoredCustomer[]) => {
  const { store, requests, found } = searchedStore(all);
  const judging = { now: '2026-01-01T00:00:00.000Z', store, rules: MatchingRules.parse({}) };
  let compared = 0;
  for (let place: Position = { area: 0 }; place.area < areas.length; ) {
    const [next, counts] = await searchPage(place, judging);
    compared += counts.compared;
    place = next;
  }
  const probabilities = new Map([...found.values()].map(one => [pairKey(...one.customers), one.probability]));
  return { probabilities, compared: compared / all.length, requests: requests() / all.length };
};
