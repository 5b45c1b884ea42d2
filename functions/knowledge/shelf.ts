import * as z from 'zod';
import { idOf } from '../../events/ids.ts';
import { termsOf } from '../memory/words.ts';
import { type Change, put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import { shardedCounters } from '../shared/store/sharded-counters.ts';
import type { Store } from '../shared/store/store.ts';
import type { Article, Audience } from './article.ts';
import { type Collection, collection } from './rank.ts';

/** An article on the shelf: what the search knows of its published version. */
const Shelved = z.object({
  id: idOf('article'),
  revision: z.int(),
  title: z.string(),
  language: z.string(),
  audience: z.enum(['public', 'customers', 'staff']),
  productId: z.string().nullable(),
  terms: z.record(z.string(), z.number()),
  length: z.int(),
});
export type Shelved = z.output<typeof Shelved>;

const shelf: [string, string] = ['shelf', 'all'];

export const shelved = entity('shelved', Shelved, {
  onErase: 'not-personal',
  key: ({ id }: Pick<Shelved, 'id'>) => ({ of: shelf, part: id }),
});

/** counts what is published and taken away, so that a function notices that what it holds is old */
const changes = shardedCounters('shelf-changes', 8);

export const shelfChanged = (articleId: string): Change[] => changes.add('all', articleId, { changes: 1 });

const titleCounts = 2;

export const onShelf = (article: Article): Change => {
  const { id, revision, title, body, language, audience, productId = null } = article;
  const words = [...Array.from({ length: titleCounts }, () => termsOf(title)).flat(), ...termsOf(body)];
  const terms: Record<string, number> = Object.create(null);
  for (const word of words) terms[word] = (terms[word] ?? 0) + 1;
  return put(shelved, {
    id,
    revision,
    title,
    language,
    audience,
    productId,
    terms: { ...terms },
    length: words.length,
  });
};

type Held = { changes: number; all: Shelved[]; chosen: Map<string, Collection<Shelved>> };

const held = new Map<string, Held>();
const mostHeld = 50;

const readShelf = async (store: Store): Promise<Held> => {
  const { changes: count = 0 } = await changes.read(store, 'all');
  const before = held.get(store.tenant);
  if (before?.changes === count) return before;
  const all = await Array.fromAsync(everyRecord(store, shelved, shelf));
  const read = { changes: count, all, chosen: new Map() };
  held.delete(store.tenant);
  held.set(store.tenant, read);
  for (const tenant of [...held.keys()].slice(0, -mostHeld)) held.delete(tenant);
  return read;
};

export type Readers = { language?: string | undefined; audience: readonly Audience[]; productId?: string | undefined };

const primary = (language: string) => language.toLowerCase().split(/[-_]/)[0];

/** What is published for readers, ready to be searched. */
export const shelfFor = async (
  store: Store,
  { language, audience, productId }: Readers,
): Promise<Collection<Shelved>> => {
  const { all, chosen } = await readShelf(store);
  const key = JSON.stringify([language && primary(language), audience, productId]);
  const there = chosen.get(key);
  if (there) return there;
  const fits = (one: Shelved) =>
    audience.includes(one.audience) &&
    (!language || primary(one.language) === primary(language)) &&
    (!productId || !one.productId || one.productId === productId);
  const made = collection(all.filter(fits));
  if (chosen.size > 20) chosen.clear();
  chosen.set(key, made);
  return made;
};
