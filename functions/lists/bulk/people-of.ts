import { resolveMerged } from '../../customers/active-customer.ts';
import { customers, isActive, type StoredCustomer } from '../../customers/customer.ts';
import type { Store } from '../../shared/store/store.ts';

type Id = StoredCustomer['id'];

/** the customers of some ids, or whom they were merged into; undefined: there is none, null: it was erased */
export const peopleOf = async (store: Store, ids: Id[]) => {
  const found = await store.getAll(
    customers,
    ids.map(id => ({ id })),
  );
  const people = new Map<Id, StoredCustomer | null>();
  for (const one of found) {
    const standing = isActive(one) ? one : one.mergedInto ? await resolveMerged(store, one.mergedInto) : undefined;
    people.set(one.id, standing ?? null);
  }
  return people;
};
