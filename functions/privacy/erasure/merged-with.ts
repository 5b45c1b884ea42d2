import type { Id } from '../../../events/ids.ts';
import { customers } from '../../customers/customer.ts';
import { type Merge, mergesInto } from '../../merging/merge.ts';
import type { Store } from '../../shared/store/store.ts';
import { mergeUnderWay } from '../errors.ts';

const allMerges = async (store: Store, into: string) => {
  const found: Merge[] = [];
  let cursor: string | null | undefined;
  do {
    const { items, nextCursor } = await mergesInto(store, into, { limit: 100, ...(cursor ? { cursor } : {}) });
    found.push(...items);
    cursor = nextCursor;
  } while (cursor);
  return found;
};

/** Ids of the records that were merged into a customer, and into those. Refuses while a merge is under way. */
export const mergedWith = async (store: Store, id: string): Promise<Id<'customer'>[]> => {
  const merges = await allMerges(store, id);
  if (merges.some(({ state }) => state === 'moving' || state === 'unmerging')) {
    throw mergeUnderWay(undefined, { retryAfter: 2 });
  }
  const from = await store.getAll(
    customers,
    merges.map(merge => ({ id: merge.from })),
  );
  const merged = from.filter(({ mergedInto }) => mergedInto === id).map(one => one.id);
  const further = await Promise.all(merged.map(one => mergedWith(store, one)));
  return [...merged, ...further.flat()];
};
