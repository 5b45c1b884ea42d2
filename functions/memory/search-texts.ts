import { needCustomer } from '../customers/reads.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler, ReplyOf } from '../shared/http/contract.ts';
import { cursorOf, readCursor } from '../shared/store/cursor.ts';
import type { Store } from '../shared/store/store.ts';
import type { Text } from '../shared/text/searchable-text.ts';
import { type routes, searchNotAllowed } from './contract.ts';
import { indexedTexts, refOf, textIdOf } from './indexed-text.ts';
import { excerptOf, matchesQuery, parseQuery, type SearchQuery } from './search-query.ts';
import { kindOf, kinds, readTexts, scopes } from './searchable-records.ts';
import { wordsOf } from './words.ts';

type FoundText = ReplyOf<typeof routes.searchTexts>['items'][number];

/** index entries read at a time, texts read at a time, and rounds before a page is short and its cursor goes on */
const most = { entries: 300, texts: 50, rounds: 4 };

/** Texts that may match, the latest first; `next`: the last one examined, if there are more. */
type Candidates = { ids: string[]; next: string | undefined };

/** the texts with a word: complete down to `upTo` */
const lookUp = async (store: Store, word: string, after: string | undefined) => {
  const { items, more } = await store.under(indexedTexts, 'word', word, {
    as: 'whole',
    limit: most.entries,
    since: after && `${word}#${after}`,
    downwards: true,
  });
  const ids = items.map(({ id }) => id);
  return { ids, upTo: (more && ids.at(-1)) || '', more };
};

/** Texts with all the words. The word that reaches back furthest is the rarest: the others are compared with it. */
const candidatesBy = async (store: Store, words: string[], after: string | undefined): Promise<Candidates> => {
  const lookups = await Promise.all(words.map(word => lookUp(store, word, after)));
  const [rarest, ...others] = lookups.sort((a, b) =>
    a.upTo < b.upTo ? -1 : a.upTo > b.upTo ? 1 : a.ids.length - b.ids.length,
  );
  if (!rarest) return { ids: [], next: undefined };
  const sets = others.map(({ ids, upTo }) => ({ all: new Set(ids), upTo }));
  return {
    ids: rarest.ids.filter(id => sets.every(({ all, upTo }) => all.has(id) || id < upTo)),
    next: rarest.more ? rarest.ids.at(-1) : undefined,
  };
};

/** a customer's texts that have, or may have, all the words: of long texts only the first part is examined */
const candidatesOf = async (
  store: Store,
  customerId: string,
  words: string[],
  after: string | undefined,
): Promise<Candidates> => {
  const { items, nextCursor } = await store.list(indexedTexts, 'customer', customerId, {
    limit: most.entries,
    ...(after ? { cursor: cursorOf(after) } : {}),
  });
  const possible = items.filter(text => text.parts > 1 || words.every(word => text.words.includes(word)));
  return { ids: possible.map(({ id }) => id), next: nextCursor ? items.at(-1)?.id : undefined };
};

/** the kinds to search: the requested ones, or all that the caller may read */
const readableKinds = (requested: string[] | undefined, ctx: Pick<Ctx, 'scopes'>): Set<string> => {
  const mayRead = (kind: string) => ctx.scopes.has(scopes.get(kind) ?? '');
  const forbidden = requested?.find(kind => !mayRead(kind));
  if (forbidden) throw searchNotAllowed(`Searching for ${forbidden} requires the scope ${scopes.get(forbidden)}.`);
  return new Set((requested ?? kinds).filter(mayRead));
};

const toFound = (text: Text, { stems }: SearchQuery): FoundText => {
  const { id, within, customerId, at, by, title, body } = text;
  const inBody = wordsOf(body).some(({ stem }) => stems.has(stem));
  return {
    kind: kindOf(text),
    id: within ?? id,
    ...(within ? { messageId: id } : {}),
    customerId: customerId as FoundText['customerId'],
    at,
    by,
    title,
    ...excerptOf(inBody ? body : title, stems),
  };
};

type Search = {
  ctx: Ctx;
  query: SearchQuery;
  readable: Set<string>;
  customerId: string | undefined;
  next: (after: string | undefined) => Promise<Candidates>;
};

const matching = async ({ ctx, query, customerId }: Search, ids: string[]) => {
  const texts = await readTexts(ctx.store, ids.map(refOf), ctx);
  return texts.filter(
    text =>
      (!customerId || text.customerId === customerId) && matchesQuery(query, wordsOf(`${text.title}\n${text.body}`)),
  );
};

const isLast = (text: Text, ids: string[], next: string | undefined) => !next && textIdOf(text) === ids.at(-1);

/** Goes through the candidates, the latest first, until the page is full; `after`: where the next page begins. */
const gather = async (search: Search, from: string | undefined, limit: number) => {
  const texts: Text[] = [];
  let after = from;
  for (let round = 0; round < most.rounds; round++) {
    const { ids, next } = await search.next(after);
    const readable = ids.filter(id => search.readable.has(kindOf(refOf(id))));
    for (let at = 0; at < readable.length; at += most.texts) {
      for (const text of await matching(search, readable.slice(at, at + most.texts))) {
        texts.push(text);
        if (texts.length === limit) return { texts, after: isLast(text, readable, next) ? undefined : textIdOf(text) };
      }
    }
    after = next;
    if (!after) break;
  }
  return { texts, after };
};

/** Texts with all the words. The index leads to them; their records are read, so that the reply shows them as they are now. */
export const searchTexts: Handler<typeof routes.searchTexts> = async ({ query: request }, ctx) => {
  const { store } = ctx;
  const query = parseQuery(request.q);
  const readable = readableKinds(request.in, ctx);
  const from = request.cursor ? readCursor(request.cursor) : undefined;
  const customerId = request.customerId && (await needCustomer(store, request.customerId)).id;
  const next = (after: string | undefined) =>
    customerId ? candidatesOf(store, customerId, query.lookups, after) : candidatesBy(store, query.lookups, after);
  const { texts, after } = await gather({ ctx, query, readable, customerId, next }, from, request.limit);
  return { items: texts.map(text => toFound(text, query)), nextCursor: after ? cursorOf(after) : null };
};
