import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { remove } from '../shared/store/changes.ts';
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

type Rewrite = { before: IndexedText | undefined; part: Part | undefined; again: boolean };

const rewrite = async ({ before, part, again }: Rewrite, store: Store) => {
  if (before && !part) return store.commit([remove(indexedTexts, before)]);
  if (!part) return;
  if (!before || !isSame(before, part)) {
    return store.derive(indexedTexts, before, { ...part, version: (before?.version ?? 0) + 1 });
  }
  if (again) await store.derive(indexedTexts, before, before);
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
export const indexText: Reaction<typeof subscriptions.indexText> = async (event, { store, delivery }) => {
  const ref = refIn(event);
  const [text] = await readTexts(store, [ref]);
  if (!text && !ref.within) return removeRecord(ref, store);
  const before = await indexedIn(partitionOf(ref), store, boundsOf(ref));
  const after = text ? partsOf(text) : [];
  for (const nth of new Set([...before, ...after].map(part => part.nth))) {
    const isNth = (part: Part) => part.nth === nth;
    const again = delivery > 1;
    await rewrite({ before: before.find(isNth), part: after.find(isNth), again }, store);
  }
};

// several writes: the state of the index is read first, so that a repetition changes nothing or completes what was left undone
export const reaction = consume('indexText', subscriptions.indexText, indexText, { once: false });
