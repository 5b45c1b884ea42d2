import type { StoredCustomer } from '../customers/customer.ts';
import { duplicateId, duplicates, identityDigest, type Pair } from '../merging/duplicate.ts';
import { mergesInto } from '../merging/merge.ts';
import type { Store } from '../shared/store/store.ts';

const most = { merges: 20, inRow: 3 };

const recordsOf = async (
  store: Store,
  customer: StoredCustomer,
  depth: number = most.inRow,
): Promise<StoredCustomer[]> => {
  if (!customer.mergedIdentifiers || !depth) return [customer];
  const { items } = await mergesInto(store, customer.id, { limit: most.merges });
  const merged = items.filter(({ state }) => state === 'merged' || state === 'moving');
  const earlier = await Promise.all(merged.map(({ before }) => recordsOf(store, before.from, depth - 1)));
  return [customer, ...merged.map(({ before }) => before.into), ...earlier.flat()];
};

/** the digests with which some of these pairs were rejected, by the ids of their duplicates */
export const rejectionsOf = async (store: Store, pairs: Pair[]) => {
  const ids = pairs.map(([a, b]) => duplicateId(a.id, b.id));
  const found = await store.getByIds(duplicates, ids);
  return new Map(found.flatMap(({ id, state, rejectedAs }) => (state === 'rejected' ? [[id, rejectedAs]] : [])));
};

/** Whether a record of one customer was rejected as a duplicate of a record of the other. */
export const areKnownDistinct = async (store: Store, [a, b]: Pair): Promise<boolean> => {
  const [ofA, ofB] = await Promise.all([recordsOf(store, a), recordsOf(store, b)]);
  const pairs = ofA.flatMap(x => ofB.filter(({ id }) => id !== x.id).map((y): Pair => [x, y]));
  const rejected = await rejectionsOf(store, pairs);
  return pairs.some(pair => rejected.get(duplicateId(pair[0].id, pair[1].id)) === identityDigest(...pair));
};
