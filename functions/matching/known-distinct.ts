import type { StoredCustomer } from '../customers/customer.ts';
import { identityDigest, type Pair } from '../merging/decide-duplicate.ts';
import { duplicateId, duplicates } from '../merging/duplicate.ts';
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

/** Whether a record of one customer was rejected as a duplicate of a record of the other. */
export const areKnownDistinct = async (store: Store, [a, b]: Pair): Promise<boolean> => {
  const [ofA, ofB] = await Promise.all([recordsOf(store, a), recordsOf(store, b)]);
  const pairs = ofA.flatMap(x => ofB.filter(({ id }) => id !== x.id).map((y): Pair => [x, y]));
  const keys = pairs.map(([x, y]) => duplicateId(x.id, y.id));
  const found = await store.getByIds(duplicates, keys);
  const rejected = new Map(
    found.flatMap(({ id, state, rejectedAs }) => (state === 'rejected' ? [[id, rejectedAs]] : [])),
  );
  return pairs.some(pair => rejected.get(duplicateId(pair[0].id, pair[1].id)) === identityDigest(...pair));
};
