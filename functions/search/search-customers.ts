import { customers, type StoredCustomer } from '../customers/customer.ts';
import { identities } from '../customers/identity.ts';
import { resolveMerged } from '../customers/living.ts';
import { isOpenDomain } from '../customers/lookups/email-keys.ts';
import { type Hidden, isHidden } from '../customers/shown.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Paging, Store } from '../shared/store/store.ts';
import { type Place, placeCursor, readPlace } from './place.ts';
import { type Reading, readingOf } from './reading.ts';
import { similarTo } from './similar.ts';
import { type At, ampleFor, type Hit, isFirst, isOnAny, look } from './walk.ts';
import { type By, type How, type Way, waysOf } from './ways.ts';

type Match = { by: By; how: How; similarity: number };
export type Found = StoredCustomer & { match: Match };

type Asked = Paging & { q: string; kind?: StoredCustomer['kind'] | undefined; hidden?: Hidden };

/** nobody is found by what the caller may not know */
const isOpen = (hidden: Hidden) => (by: By) => !isHidden(hidden, by === 'identifier' ? 'identifiers' : by);

type Search = { store: Store; ways: Way[]; limit: number; keep: (customer: StoredCustomer) => boolean };

/** fewer than that are too little: those who are nearly what was asked come after them */
const enough = 5;

/** rounds of looks before a page is short and its cursor goes on */
const mostRounds = 4;

const matched = (customer: StoredCustomer, by: By, how: How, similarity = 1): Found => ({
  ...customer,
  match: { by, how, similarity },
});

/** who has the text as an id: our own, that of the company's systems, or the one a tracker uses */
const byId = async ({ externalId, customerId }: Reading, store: Store): Promise<Found[]> => {
  const asked = [
    { entity: customers, unique: 'externalId', value: externalId },
    { entity: identities, unique: 'value', value: `externalId:${externalId}` },
  ];
  const [held, own] = await Promise.all([
    store.holders(asked),
    customerId ? resolveMerged(store, customerId) : undefined,
  ]);
  const ids = [...new Set(held.flatMap(id => id ?? []))];
  const holders = await Promise.all(ids.filter(id => id !== own?.id).map(id => resolveMerged(store, id)));
  return [
    ...(own ? [matched(own, 'id', 'exact')] : []),
    ...holders.flatMap(one => (one ? [matched(one, 'externalId', 'exact')] : [])),
  ];
};

/** those of the hits that are shown here and nowhere before */
const firstOf = async ({ store, ways, keep }: Search, hits: Hit[]) => {
  const ids = [...new Set(hits.map(({ id }) => id))];
  const found = await store.getAll(
    customers,
    ids.map(id => ({ id })),
  );
  const byId = new Map(found.map(customer => [customer.id as string, customer]));
  return hits.flatMap(hit => {
    const customer = byId.get(hit.id);
    return customer && keep(customer) && isFirst(ways, hit, customer) ? [{ hit, customer }] : [];
  });
};

type Walked = { items: Found[]; next: At | undefined };

/** the next who are found on the ways; without `next` that is all there are */
const walked = async (search: Search, from: At | undefined, limit: number): Promise<Walked> => {
  const items: Found[] = [];
  let at = from;
  for (let round = 0; at && round < mostRounds; round++) {
    const looked: Awaited<ReturnType<typeof look>> = ampleFor(
      await look(search.store, search.ways, at, search.limit),
      search.limit,
    );
    for (const { hit, customer } of await firstOf(search, looked.hits)) {
      if (items.length === limit) return { items, next: at };
      const { by, how } = search.ways[hit.way]!;
      items.push(matched(customer, by, how));
      at = { way: hit.way, place: hit.place };
    }
    at = looked.next;
    if (items.length === limit) break;
  }
  return { items, next: at };
};

type Likeness = { similarity: number; id: string };

/** those who are nearly what was asked, after one of them */
const alike = async (search: Search, reading: Reading, direct: Found[], after: Likeness | undefined) => {
  const shown = new Set(direct.map(({ id }) => id));
  const found = await similarTo(reading, search.store);
  return found.filter(
    ({ customer, similarity }) =>
      search.keep(customer) &&
      !shown.has(customer.id) &&
      !isOnAny(search.ways, customer) &&
      (!after || similarity < after.similarity || (similarity === after.similarity && customer.id > after.id)),
  );
};

/** before all who are like it */
const likest: Likeness = { similarity: 1, id: '0' };

/** that is who was meant: nobody else need be thought of */
const isSure = ({ match }: Found) => match.by !== 'name' && match.how !== 'prefix';

const startOf = (cursor: string | undefined, ways: Way[]): Place =>
  cursor ? readPlace(cursor, ways.length) : { shown: 0, on: { way: 0 } };

/**
 * Customers by whatever somebody typed: ids, an address, a number, a name, whole or begun; when there are few, those who are
 * nearly that. So many calls and so much read at most, however many customers there are.
 */
export const searchCustomers = async ({ q, kind, hidden = [], limit, cursor }: Asked, store: Store) => {
  const reading = readingOf(q);
  if (reading.domain && isOpenDomain(reading.domain)) {
    throw invalid([{ path: 'q', message: 'anybody may have an address there: give some of what is before the @' }]);
  }
  const open = isOpen(hidden);
  const ways = waysOf(reading).filter(({ by }) => open(by));
  const place = startOf(cursor, ways);
  const ids = (await byId(reading, store)).filter(({ match }) => open(match.by));
  const known = new Set<string>(ids.map(({ id }) => id));
  const isAsked = (one: StoredCustomer) => !kind || one.kind === kind;
  const search: Search = { store, ways, limit, keep: one => isAsked(one) && !known.has(one.id) };
  const atStart = 'on' in place && place.on.way === 0 && place.on.place === undefined;
  const direct = atStart ? ids.filter(isAsked).slice(place.shown, place.shown + limit) : [];
  const on = 'on' in place && ways.length ? place.on : undefined;
  const { items: found, next } = await walked(search, on, limit - direct.length);
  const items = [...direct, ...found];
  const shown = place.shown + items.length + (items.some(isSure) ? enough : 0);
  if (next) return { items, nextCursor: placeCursor({ shown, on: next }) };
  if (shown >= enough) return { items, nextCursor: null };
  const near = await alike(search, reading, ids, 'like' in place ? place.like : undefined);
  const rest = near.filter(({ by }) => open(by));
  const like = rest.slice(0, limit - items.length);
  const last = like.at(-1);
  const after = last ? { similarity: last.similarity, id: last.customer.id } : likest;
  return {
    items: [...items, ...like.map(one => matched(one.customer, one.by, 'similar', one.similarity))],
    nextCursor: rest.length > like.length ? placeCursor({ shown, like: after }) : null,
  };
};
