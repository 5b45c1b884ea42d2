import * as z from 'zod';
import { entity } from '../store/entity.ts';
import { recordPage } from '../store/record-page.ts';
import type { Store } from '../store/store.ts';

const SeenName = z.object({ name: z.string(), version: z.int() });

const partition: [kind: string, id: string] = ['tracked-names', 'all'];

/** The names that events were tracked under. */
export const seenNames = entity('tracked-name', SeenName, {
  onErase: 'not-personal',
  key: ({ name }: { name: string }) => ({ of: partition, part: name }),
});

/** anybody can track any name: no more are remembered */
export const mostSeen = 500;
export const longestSeen = 200;

/** undefined: too many to know them all */
export const seenNamesOf = async (store: Store): Promise<Set<string> | undefined> => {
  const { items } = await recordPage(store, seenNames, partition, { limit: mostSeen });
  return items.length < mostSeen ? new Set(items.map(({ name }) => name)) : undefined;
};
