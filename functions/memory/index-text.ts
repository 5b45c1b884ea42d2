import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, insert, remove, update } from '../shared/store/changes.ts';
import { type Place, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import type { Text, TextRef } from '../shared/text/searchable-text.ts';
import { subscriptions } from './contract.ts';
import { boundsOf, type IndexedText, indexedTexts, partitionOf, textIdOf } from './indexed-text.ts';
import { readTexts, refIn } from './searchable-records.ts';
import { indexWords } from './words.ts';

/** each word is a write of the transaction */
const mostWordsOfPart = 80;

type Part = Omit<IndexedText, 'version'>;

/** a text in parts; one without words has one part too, which makes it the customer's */
const partsOf = (text: Text): Part[] => {
  const words = indexWords(`${text.title}\n${text.body}`);
  const parts = Math.max(1, Math.ceil(words.length / mostWordsOfPart));
  return Array.from({ length: parts }, (_, nth) => ({
    id: textIdOf(text),
    nth,
    parts,
    customerId: nth ? null : (text.customerId as Part['customerId']),
    words: words.slice(nth * mostWordsOfPart, (nth + 1) * mostWordsOfPart),
  }));
};

const isSame = (before: IndexedText, after: Part) =>
  before.customerId === after.customerId &&
  before.parts === after.parts &&
  String(before.words) === String(after.words);

const changeOf = (before: IndexedText | undefined, after: Part | undefined): Change[] => {
  if (!before) return after ? [insert(indexedTexts, { ...after, version: 1 })] : [];
  if (!after) return [remove(indexedTexts, before)];
  return isSame(before, after) ? [] : [update(indexedTexts, before, { ...after, version: before.version + 1 })];
};

const indexedIn = async (of: Place['of'], store: Store, within?: { from: string; to: string }) => {
  const { items } = await store.partition(of, { limit: 100, ...(within ? { within } : {}) });
  return items.map(item => revive(indexedTexts, item));
};

const removeRecord = async (ref: TextRef, store: Store) => {
  let parts = await indexedIn(partitionOf(ref), store);
  while (parts.length) {
    for (const part of parts) await store.commit([remove(indexedTexts, part)]);
    parts = await indexedIn(partitionOf(ref), store);
  }
};

/** Indexes a text as it is now, part by part; removes one that no longer exists. */
export const indexText: Reaction<typeof subscriptions.indexText> = async (event, { store }) => {
  const ref = refIn(event);
  const [text] = await readTexts(store, [ref]);
  if (!text && !ref.within) return removeRecord(ref, store);
  const before = await indexedIn(partitionOf(ref), store, boundsOf(ref));
  const after = text ? partsOf(text) : [];
  for (const nth of new Set([...before, ...after].map(part => part.nth))) {
    const isNth = (part: Part) => part.nth === nth;
    await store.commit(changeOf(before.find(isNth), after.find(isNth)));
  }
};

// several transactions: the state of the index is read first, so that a repetition changes nothing
export const reaction = consume('indexText', subscriptions.indexText, indexText, { once: false });
