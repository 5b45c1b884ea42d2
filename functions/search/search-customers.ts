import { resolveMerged } from '../customers/active-customer.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { identities } from '../customers/identity.ts';
import { isPublicDomain } from '../customers/lookups/email-keys.ts';
import { type Hidden, isHidden } from '../customers/redact.ts';
import { settingsOf } from '../customers/settings.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Paging, Store } from '../shared/store/store.ts';
import { type ParsedQuery, parseQuery } from './parse-query.ts';
import { type EntryRange, type MatchedBy, type MatchedHow, queryPlan } from './query-plan.ts';
import {
  fromCursor,
  type Hit,
  isFirstHit,
  matchesPlan,
  nextHits,
  type PlanPosition,
  type SearchPosition,
  type Similarity,
  toCursor,
} from './run-plan.ts';
import { similarTo } from './similar-customers.ts';

type Match = { by: MatchedBy; how: MatchedHow; similarity: number };
type FoundCustomer = StoredCustomer & { match: Match };

type SearchRequest = Paging & { q: string; kind?: StoredCustomer['kind'] | undefined; hidden?: Hidden };

type Search = { store: Store; plan: EntryRange[]; limit: number; keep: (customer: StoredCustomer) => boolean };

const enough = 5;

const mostRounds = 4;

const mayMatchBy = (hidden: Hidden) => (by: MatchedBy) => !isHidden(hidden, by === 'identifier' ? 'identifiers' : by);

const matched = (customer: StoredCustomer, by: MatchedBy, how: MatchedHow, similarity = 1): FoundCustomer => ({
  ...customer,
  match: { by, how, similarity },
});

/** the customers with the text as an id: our own, an external one, or a tracker's */
const byId = async ({ externalId, customerId }: ParsedQuery, store: Store): Promise<FoundCustomer[]> => {
  const [held, own] = await Promise.all([
    store.holders([
      { entity: customers, unique: 'externalId', value: externalId },
      { entity: identities, unique: 'value', value: `externalId:${externalId}` },
    ]),
    customerId ? resolveMerged(store, customerId) : undefined,
  ]);
  const ids = [...new Set(held.flatMap(id => id ?? []))];
  const holders = await Promise.all(ids.filter(id => id !== own?.id).map(id => resolveMerged(store, id)));
  return [
    ...(own ? [matched(own, 'id', 'exact')] : []),
    ...holders.flatMap(one => (one ? [matched(one, 'externalId', 'exact')] : [])),
  ];
};

/** the customers of hits that are shown here, as the hits are their first */
const firstHits = async ({ store, plan, keep }: Search, hits: Hit[]) => {
  const ids = [...new Set(hits.map(({ id }) => id))];
  const found = await store.getByIds(customers, ids);
  const byId = new Map(found.map(customer => [customer.id as string, customer]));
  return hits.flatMap(hit => {
    const customer = byId.get(hit.id);
    return customer && keep(customer) && isFirstHit(plan, hit, customer) ? [{ hit, customer }] : [];
  });
};

const runPlan = async (search: Search, from: PlanPosition | undefined, limit: number) => {
  const items: FoundCustomer[] = [];
  let at = from;
  for (let round = 0; at && round < mostRounds; round++) {
    const { hits, next }: Awaited<ReturnType<typeof nextHits>> = await nextHits(
      search.store,
      search.plan,
      at,
      search.limit,
    );
    for (const { hit, customer } of await firstHits(search, hits)) {
      if (items.length === limit) return { items, next: at };
      const { by, how } = search.plan[hit.range]!;
      items.push(matched(customer, by, how));
      at = { range: hit.range, entry: hit.entry };
    }
    at = next;
    if (items.length === limit) break;
  }
  return { items, next: at };
};

const similarMatches = async (
  search: Search,
  query: ParsedQuery,
  shownIds: ReadonlySet<string>,
  after: Similarity | undefined,
) => {
  const found = await similarTo(query, search.store);
  return found.filter(
    ({ customer, similarity }) =>
      search.keep(customer) &&
      !shownIds.has(customer.id) &&
      !matchesPlan(search.plan, customer) &&
      (!after || similarity < after.similarity || (similarity === after.similarity && customer.id > after.id)),
  );
};

const mostSimilar: Similarity = { similarity: 1, id: '0' };

const isCertain = ({ match }: FoundCustomer) => match.by !== 'name' && match.how !== 'prefix';

const startFrom = (cursor: string | undefined, plan: EntryRange[]): SearchPosition =>
  cursor ? fromCursor(cursor, plan.length) : { shown: 0, at: { range: 0 } };

/**
 * Customers by any text: an id, an address, a number, a name, whole or as a prefix; if there are few, similar ones too. The
 * number of reads is bounded, however many customers there are.
 */
export const searchCustomers = async ({ q, kind, hidden = [], limit, cursor }: SearchRequest, store: Store) => {
  const { defaultCountry } = /\d{3}/.test(q) ? await settingsOf(store) : {};
  const query = parseQuery(q, defaultCountry);
  if (query.domain && isPublicDomain(query.domain)) {
    throw invalid([{ path: 'q', message: 'is a public e-mail domain: add what is before the @' }]);
  }
  const mayMatch = mayMatchBy(hidden);
  const plan = queryPlan(query).filter(({ by }) => mayMatch(by));
  const position = startFrom(cursor, plan);
  const ids = (await byId(query, store)).filter(({ match }) => mayMatch(match.by));
  const idSet = new Set<string>(ids.map(({ id }) => id));
  const isOfKind = (one: StoredCustomer) => !kind || one.kind === kind;
  const search: Search = { store, plan, limit, keep: one => isOfKind(one) && !idSet.has(one.id) };
  const at = 'at' in position ? position.at : undefined;
  const atStart = at?.range === 0 && at.entry === undefined;
  const direct = atStart ? ids.filter(isOfKind).slice(position.shown, position.shown + limit) : [];
  const { items: found, next } = await runPlan(search, plan.length ? at : undefined, limit - direct.length);
  const items = [...direct, ...found];
  const shown = position.shown + items.length + (items.some(isCertain) ? enough : 0);
  if (next) return { items, nextCursor: toCursor({ shown, at: next }) };
  if (shown >= enough) return { items, nextCursor: null };
  const near = await similarMatches(search, query, idSet, 'after' in position ? position.after : undefined);
  const all = near.filter(({ by }) => mayMatch(by));
  const similar = all.slice(0, limit - items.length);
  const last = similar.at(-1);
  const after = last ? { similarity: last.similarity, id: last.customer.id } : mostSimilar;
  return {
    items: [...items, ...similar.map(one => matched(one.customer, one.by, 'similar', one.similarity))],
    nextCursor: all.length > similar.length ? toCursor({ shown, after }) : null,
  };
};
