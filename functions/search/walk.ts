import { customers, type StoredCustomer } from '../customers/customer.ts';
import type { Store } from '../shared/store/store.ts';
import { fits, placeOn, type Way } from './ways.ts';

/** where a search goes on: after a place on a way */
export type At = { way: number; place?: string | undefined };

export type Hit = { way: number; place: string; id: string };

/** Entries that are read of a range wider than what was asked. Who is beyond that is found by who types more. */
const mostLooked = 400;

/** how many ids a page asks for before it knows which of them it shows */
const ample = 2;

const isWide = ({ words }: Way) => words !== undefined;

/** the ways that are looked at together: those that lead straight to who is asked for, or a wide one by itself */
const together = (ways: Way[], from: number) => {
  const wide = ways.findIndex((way, nth) => nth >= from && isWide(way));
  if (wide === from) return ways.slice(from, from + 1);
  return wide < 0 ? ways.slice(from) : ways.slice(from, wide);
};

type Looked = { hits: Hit[]; next: At | undefined };

/** What is filed along the ways from a place on, in order, up to where the first of them goes on beyond what was read. */
export const look = async (store: Store, ways: Way[], at: At, limit: number): Promise<Looked> => {
  const taken = together(ways, at.way);
  const pages = await Promise.all(
    taken.map(({ entry, value, as, words }, nth) =>
      store.under(customers, entry, value, {
        as,
        limit: words ? mostLooked : limit,
        since: nth ? undefined : at.place,
      }),
    ),
  );
  const hits: Hit[] = [];
  for (const [nth, { items, more }] of pages.entries()) {
    const way = at.way + nth;
    hits.push(...items.filter(({ value }) => fits(taken[nth]!, value)).map(({ id, place }) => ({ way, id, place })));
    if (more && !isWide(taken[nth]!)) return { hits, next: { way, place: items.at(-1)!.place } };
  }
  const after = at.way + taken.length;
  return { hits, next: after < ways.length ? { way: after } : undefined };
};

/** so many hits that no more customers are read than a page may need */
export const ampleFor = ({ hits, next }: Looked, limit: number): Looked => {
  const ids = new Set<string>();
  const end = hits.findIndex(({ id }) => ids.add(id).size > limit * ample);
  if (end < 0) return { hits, next };
  const last = hits[end - 1]!;
  return { hits: hits.slice(0, end), next: { way: last.way, place: last.place } };
};

/** A customer is shown where it is found first, so that no page repeats it. */
export const isFirst = (ways: Way[], { way, place }: Hit, customer: StoredCustomer) =>
  !ways.slice(0, way).some(earlier => placeOn(earlier, customer)) && placeOn(ways[way]!, customer) === place;

/** whether a customer is found on any of the ways */
export const isOnAny = (ways: Way[], customer: StoredCustomer) => ways.some(way => placeOn(way, customer));
