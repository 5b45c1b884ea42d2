import * as z from 'zod';
import { stamps } from '../../shared/http/contract.ts';
import { created } from '../../shared/store/changes.ts';
import { entity } from '../../shared/store/entity.ts';
import { allOf } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import { usualCategories } from '../routing/usual-words.ts';
import { Labels, Words } from '../routing/words.ts';
import { Key } from './fields.ts';

export const CategoryFields = z.strictObject({
  labels: Labels.default({}),
  words: Words.default({}),
  rank: z
    .int()
    .min(0)
    .max(1_000_000)
    .describe('The first category with a word in the text, by rank, applies.')
    .default(100),
});

/** What a case is about. */
export const Category = z.object({ id: Key, ...CategoryFields.shape, ...stamps });
export type Category = z.output<typeof Category>;

/** a usual category that the company deleted stays stored as removed */
const StoredCategory = Category.extend({ removed: z.literal(true).optional() });

export const categories = entity('category', StoredCategory, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['category', 'all'], part: id }),
});

/** the categories of the company, in the order in which they are tried: its own, and the usual ones that it has not changed */
export const readCategories = async (store: Store): Promise<Category[]> => {
  const own = await allOf(store, categories);
  const usual = usualCategories.map((one, nth) => created(store.now, { ...one, rank: (nth + 1) * 10 }));
  const unchanged = usual.filter(({ id }) => !own.some(one => one.id === id));
  const all = [...own.filter(({ removed }) => !removed), ...unchanged];
  return all.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
};

export const isUsual = (id: string) => usualCategories.some(one => one.id === id);
