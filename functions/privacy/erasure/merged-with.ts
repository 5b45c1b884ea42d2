import type { Id } from '../../../events/ids.ts';
import { customers } from '../../customers/customer.ts';
import { underWay } from '../../merging/errors.ts';
import { isUnderWay, mergesInto } from '../../merging/merge.ts';
import { allPages } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';

/** Ids of the records that were merged into a customer, and into those. Refuses while a merge is under way. */
export const mergedWith = async (store: Store, id: string): Promise<Id<'customer'>[]> => {
  const merges = await allPages(cursor => mergesInto(store, id, { limit: 100, cursor }));
  if (merges.some(isUnderWay)) throw underWay();
  const ids = merges.map(merge => merge.from);
  const from = await store.getByIds(customers, ids);
  const merged = from.filter(({ mergedInto }) => mergedInto === id).map(one => one.id);
  const further = await Promise.all(merged.map(one => mergedWith(store, one)));
  return [...merged, ...further.flat()];
};
