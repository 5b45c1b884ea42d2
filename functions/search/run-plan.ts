import { customers, type StoredCustomer } from '../customers/customer.ts';
import { cursorMalformed } from '../shared/http/errors.ts';
import { cursorOf, readCursor } from '../shared/store/cursor.ts';
import type { Store } from '../shared/store/store.ts';
import { type EntryRange, hasWordsOf, positionOf } from './query-plan.ts';

export type PlanPosition = { range: number; entry?: string | undefined };

export type Hit = { range: number; entry: string; id: string };

/** entries that are read of a wide range; customers beyond need a longer query */
const mostEntries = 400;

const hitsPerResult = 2;

const isWide = ({ words }: EntryRange) => words !== undefined;

/** the ranges that are read together: the exact ones, or a wide one by itself */
const rangesFrom = (plan: EntryRange[], from: number) => {
  const wide = plan.findIndex((range, nth) => nth >= from && isWide(range));
  if (wide === from) return plan.slice(from, from + 1);
  return wide < 0 ? plan.slice(from) : plan.slice(from, wide);
};

type Hits = { hits: Hit[]; next: PlanPosition | undefined };

const limitHits = ({ hits, next }: Hits, limit: number): Hits => {
  const ids = new Set<string>();
  const end = hits.findIndex(({ id }) => ids.add(id).size > limit * hitsPerResult);
  if (end < 0) return { hits, next };
  const { range, entry } = hits[end - 1]!;
  return { hits: hits.slice(0, end), next: { range, entry } };
};

const readRanges = async (store: Store, plan: EntryRange[], at: PlanPosition, limit: number): Promise<Hits> => {
  const ranges = rangesFrom(plan, at.range);
  const pages = await Promise.all(
    ranges.map(({ entry, value, as, words }, nth) =>
      store.under(customers, entry, value, {
        as,
        limit: words ? mostEntries : limit,
        since: nth ? undefined : at.entry,
      }),
    ),
  );
  const hits: Hit[] = [];
  for (const [nth, { items, more }] of pages.entries()) {
    const range = at.range + nth;
    const matching = items.filter(({ value }) => hasWordsOf(ranges[nth]!, value));
    hits.push(...matching.map(({ id, place }) => ({ range, id, entry: place })));
    if (more && !isWide(ranges[nth]!)) return { hits, next: { range, entry: items.at(-1)!.place } };
  }
  const after = at.range + ranges.length;
  return { hits, next: after < plan.length ? { range: after } : undefined };
};

/** The hits from a position on, in order, up to the first range with more entries than were read. */
export const nextHits = async (store: Store, plan: EntryRange[], at: PlanPosition, limit: number) =>
  limitHits(await readRanges(store, plan, at, limit), limit);

/** A customer is shown at its first hit only, so that no page repeats it. */
export const isFirstHit = (plan: EntryRange[], { range, entry }: Hit, customer: StoredCustomer) =>
  !matchesPlan(plan.slice(0, range), customer) && positionOf(plan[range]!, customer) === entry;

export const matchesPlan = (plan: EntryRange[], customer: StoredCustomer) =>
  plan.some(range => positionOf(range, customer));

export type Similarity = { similarity: number; id: string };

/** How far a search has come: in the plan or among the similar customers, and how many it has shown. */
export type SearchPosition = { shown: number; at: PlanPosition } | { shown: number; after: Similarity };

const inPlan = /^(?<shown>\d{1,9}) (?<range>\d{1,3}) (?<entry>.*)$/s;
const amongSimilar = /^(?<shown>\d{1,9}) ~(?<similarity>[01]\.?\d*) (?<id>\w+)$/;

export const toCursor = (position: SearchPosition) => {
  const { shown } = position;
  if ('at' in position) return cursorOf(`${shown} ${position.at.range} ${position.at.entry ?? ''}`);
  return cursorOf(`${shown} ~${position.after.similarity} ${position.after.id}`);
};

export const fromCursor = (cursor: string, ranges: number): SearchPosition => {
  const text = readCursor(cursor);
  const plan = inPlan.exec(text)?.groups;
  if (plan && Number(plan.range) < ranges) {
    return { shown: Number(plan.shown), at: { range: Number(plan.range), entry: plan.entry || undefined } };
  }
  const similar = amongSimilar.exec(text)?.groups;
  if (!similar) throw cursorMalformed();
  const after = { similarity: Number(similar.similarity), id: similar.id ?? '' };
  return { shown: Number(similar.shown), after };
};
