import type { StoredCustomer } from '../customers/customer.ts';
import { mergersInto } from '../merging/merger.ts';
import type { Store } from '../shared/store/store.ts';
import { duplicateId, duplicates } from './duplicate.ts';
import { identityDigest } from './identity-digest.ts';
import type { Pair } from './judge-pair.ts';

/** so many latest mergers of a customer are looked at, and so many mergers in a row */
const most = { mergers: 20, inRow: 3 };

/** a customer, and every record it stands for, as they were when they became one with it */
const recordsOf = async (
  store: Store,
  customer: StoredCustomer,
  depth: number = most.inRow,
): Promise<StoredCustomer[]> => {
  if (!customer.mergedIdentifiers || !depth) return [customer];
  const { items } = await mergersInto(store, customer.id, { limit: most.mergers });
  const there = items.filter(({ state }) => state === 'merged' || state === 'moving');
  const earlier = await Promise.all(there.map(({ before }) => recordsOf(store, before.from, depth - 1)));
  return [customer, ...there.map(({ before }) => before.into), ...earlier.flat()];
};

/** Whether somebody said of a record that one customer stands for that it is another than one that the other stands for. */
export const areKeptApart = async (store: Store, [a, b]: Pair): Promise<boolean> => {
  const [mine, other] = await Promise.all([recordsOf(store, a), recordsOf(store, b)]);
  const pairs = mine.flatMap(x => other.filter(({ id }) => id !== x.id).map((y): Pair => [x, y]));
  const judged = await store.getAll(
    duplicates,
    pairs.map(([x, y]) => ({ id: duplicateId(x.id, y.id) })),
  );
  const rejected = new Map(
    judged.flatMap(({ id, state, rejectedAs }) => (state === 'rejected' ? [[id, rejectedAs]] : [])),
  );
  return pairs.some(pair => rejected.get(duplicateId(pair[0].id, pair[1].id)) === identityDigest(...pair));
};
