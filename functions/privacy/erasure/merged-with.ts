import type { Id } from '../../../events/ids.ts';
import { customers } from '../../customers/customer.ts';
import { type Merge, mergesInto } from '../../merging/merge.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Store } from '../../shared/store/store.ts';

const allMergers = async (store: Store, into: string) => {
  const found: Merge[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await mergesInto(store, into, { limit: 100, ...(cursor ? { cursor } : {}) });
    found.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor);
  return found;
};

/** Ids of the records that were merged into a customer, and into those. Refuses while any of them is still being moved. */
export const mergedWith = async (store: Store, id: string): Promise<Id<'customer'>[]> => {
  const mergers = await allMergers(store, id);
  if (mergers.some(({ state }) => state === 'moving' || state === 'unmerging')) {
    throw new ApiError('conflict', 'merge.under-way', 'a merger of this customer is still under way; try again', {
      retryAfter: 2,
    });
  }
  const from = await store.getAll(
    customers,
    mergers.map(merger => ({ id: merger.from })),
  );
  const merged = from.filter(({ mergedInto }) => mergedInto === id).map(one => one.id);
  const further = await Promise.all(merged.map(one => mergedWith(store, one)));
  return [...merged, ...further.flat()];
};
