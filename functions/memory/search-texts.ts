import { needCustomer } from '../customers/reads.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler, ReplyOf } from '../shared/http/contract.ts';
import { cursorOf, readCursor } from '../shared/store/cursor.ts';
import type { Store } from '../shared/store/store.ts';
import type { Text } from '../shared/text/searchable-text.ts';
import { isWanted, type Wanted, wantedOf } from './asked.ts';
import { type Candidates, candidatesBy, candidatesOf } from './candidates.ts';
import type { routes } from './contract.ts';
import { excerptOf } from './excerpt.ts';
import { type KindName, kindNames } from './kind-names.ts';
import { kindOf, kinds, readTexts } from './kinds.ts';
import { refOf, textIdOf } from './text-id.ts';
import { wordsOf } from './words.ts';

type Found = ReplyOf<typeof routes.searchTexts>['items'][number];

/** texts read at a time, and how often before a page is short and its cursor goes on */
const most = { read: 50, rounds: 4 };

/** the kinds that are searched: those asked for, or all that the caller may read */
const readableOf = (asked: KindName[] | undefined, { scopes }: Pick<Ctx, 'scopes'>): Set<KindName> => {
  const mayRead = (kind: KindName) => scopes.has(kinds[kind].scope);
  const hidden = asked?.find(kind => !mayRead(kind));
  if (hidden) {
    throw new ApiError('forbidden', 'search.not-allowed', `this needs the scope ${kinds[hidden].scope}: ${hidden}`);
  }
  return new Set((asked ?? kindNames).filter(mayRead));
};

const shown = (text: Text, { stems }: Wanted): Found => {
  const { id, within, customerId, at, by, title, body } = text;
  const inBody = wordsOf(body).some(({ stem }) => stems.has(stem));
  return {
    kind: kindOf(text)!,
    id: within ?? id,
    ...(within ? { messageId: id } : {}),
    customerId: customerId as Found['customerId'],
    at,
    by,
    title,
    ...excerptOf(inBody ? body : title, stems),
  };
};

type Search = {
  store: Store;
  wanted: Wanted;
  readable: Set<KindName>;
  customerId: string | undefined;
  next: (after: string | undefined) => Promise<Candidates>;
};

/** those of the candidates that hold all that is wanted, as they are written now */
const fitting = async ({ store, wanted, customerId }: Search, ids: string[]) => {
  const texts = await readTexts(store, ids.map(refOf));
  return texts.filter(
    text => (!customerId || text.customerId === customerId) && isWanted(wanted, wordsOf(`${text.title}\n${text.body}`)),
  );
};

type Page = { texts: Text[]; after: string | undefined };

/** Goes through the candidates, the latest first, until the page is full; `after`: where the next one begins. */
const gather = async (search: Search, from: string | undefined, limit: number): Promise<Page> => {
  const texts: Text[] = [];
  let after = from;
  for (let round = 0; round < most.rounds; round++) {
    const { ids, next } = await search.next(after);
    const readable = ids.filter(id => search.readable.has(kindOf(refOf(id))!));
    for (let at = 0; at < readable.length; at += most.read) {
      const some = readable.slice(at, at + most.read);
      for (const text of await fitting(search, some)) {
        texts.push(text);
        if (texts.length === limit) return { texts, after: isLast(text, readable, next) ? undefined : textIdOf(text) };
      }
    }
    after = next;
    if (!after) break;
  }
  return { texts, after };
};

const isLast = (text: Text, ids: string[], next: string | undefined) => !next && textIdOf(text) === ids.at(-1);

/** Texts that hold all the words. What is filed leads to them; what they say is read of the records, as they are now. */
export const searchTexts: Handler<typeof routes.searchTexts> = async ({ query }, ctx) => {
  const { q, in: asked, limit, cursor } = query;
  const { store } = ctx;
  const wanted = wantedOf(q);
  const readable = readableOf(asked, ctx);
  const from = cursor ? readCursor(cursor) : undefined;
  const customerId = query.customerId && (await needCustomer(store, query.customerId)).id;
  const { lookups } = wanted;
  const next = (after: string | undefined) =>
    customerId ? candidatesOf(store, customerId, lookups, after) : candidatesBy(store, lookups, after);
  const { texts, after } = await gather({ store, wanted, readable, customerId, next }, from, limit);
  return { items: texts.map(text => shown(text, wanted)), nextCursor: after ? cursorOf(after) : null };
};
