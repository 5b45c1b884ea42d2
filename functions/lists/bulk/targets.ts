import { resolveMerged } from '../../customers/active-customer.ts';
import { customers, isActive, type StoredCustomer } from '../../customers/customer.ts';
import type { Store } from '../../shared/store/store.ts';
import { targetErased, targetNotFound } from '../errors.ts';

type Id = StoredCustomer['id'];

/** the customers of some ids, or those they were merged into; undefined: it does not exist, null: it was erased */
export const targetsOf = async (store: Store, ids: Id[]) => {
  const found = await store.getByIds(customers, ids);
  const targets = new Map<Id, StoredCustomer | null>();
  for (const one of found) {
    const active = isActive(one) ? one : one.mergedInto ? await resolveMerged(store, one.mergedInto) : undefined;
    targets.set(one.id, active ?? null);
  }
  return targets;
};

export const missingTarget = (target: null | undefined) => (target === null ? targetErased() : targetNotFound());
