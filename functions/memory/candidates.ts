import { cursorOf } from '../shared/store/cursor.ts';
import type { Store } from '../shared/store/store.ts';
import { filedTexts } from './filed-text.ts';

/** Texts that may be wanted, the latest first; `next`: the last one that was looked at, where there are more. */
export type Candidates = { ids: string[]; next: string | undefined };

/** entries that are read of each word at a time */
const mostLooked = 300;

/** one word's texts: those down to `upTo` are known, whether they have it or not */
type Look = { ids: string[]; upTo: string; more: boolean };

const lookUp = async (store: Store, word: string, after: string | undefined): Promise<Look> => {
  const { items, more } = await store.under(filedTexts, 'word', word, {
    as: 'whole',
    limit: mostLooked,
    since: after && `${word}#${after}`,
    downwards: true,
  });
  const ids = items.map(({ id }) => id);
  return { ids, upTo: (more && ids.at(-1)) || '', more };
};

const byReach = (a: Look, b: Look) => (a.upTo < b.upTo ? -1 : a.upTo > b.upTo ? 1 : a.ids.length - b.ids.length);

/** Texts that are filed under all the words. A word that reaches back furthest is the rarest: the others are held against it. */
export const candidatesBy = async (store: Store, words: string[], after: string | undefined): Promise<Candidates> => {
  const looks = await Promise.all(words.map(word => lookUp(store, word, after)));
  const [rarest, ...others] = looks.sort(byReach);
  if (!rarest) return { ids: [], next: undefined };
  const sets = others.map(({ ids, upTo }) => ({ has: new Set(ids), upTo }));
  return {
    ids: rarest.ids.filter(id => sets.every(({ has, upTo }) => has.has(id) || id < upTo)),
    next: rarest.more ? rarest.ids.at(-1) : undefined,
  };
};

/** a customer's texts that are filed under all the words, or may be: of long ones only the first part is looked at */
export const candidatesOf = async (
  store: Store,
  customerId: string,
  words: string[],
  after: string | undefined,
): Promise<Candidates> => {
  const { items, nextCursor } = await store.list(filedTexts, 'customer', customerId, {
    limit: mostLooked,
    ...(after ? { cursor: cursorOf(after) } : {}),
  });
  const may = items.filter(({ parts, words: filed }) => parts > 1 || words.every(word => filed.includes(word)));
  return { ids: may.map(({ id }) => id), next: nextCursor ? items.at(-1)?.id : undefined };
};
