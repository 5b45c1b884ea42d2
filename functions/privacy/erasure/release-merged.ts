import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { erasedIdentityChanges } from '../../customers/erased-identities.ts';
import { type IdentityValue, identityPartitions, identityValuesOf } from '../../customers/identity.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { add, type Change, update, updated } from '../../shared/store/changes.ts';
import { type Erasure, tallyOf } from './erasure.ts';
import { partition, pending } from './location.ts';

/** identifiers of merged records that fit the transaction that empties the record, and one before it */
const most = { last: 6, before: 15 };

const without = (customer: StoredCustomer, released: IdentityValue[]): StoredCustomer['mergedIdentifiers'] => {
  const left = (type: 'email' | 'externalId' | 'phone') =>
    (customer.mergedIdentifiers?.[type] ?? []).filter(
      value => !released.some(one => one.type === type && one.value === value),
    );
  return { email: left('email'), externalId: left('externalId'), phone: left('phone') };
};

/** Releases identifiers of merged records before the erasure, where there are more than one transaction takes. */
export const releaseMerged = async (found: StoredCustomer, erasure: Erasure, ctx: Ctx): Promise<StoredCustomer> => {
  const { now, store } = ctx;
  const own = new Set([found.email, found.externalId, found.phone]);
  let customer = found;
  for (;;) {
    const merged = identityValuesOf(customer).filter(({ value }) => !own.has(value));
    if (merged.length <= most.last) return customer;
    const released = merged.slice(0, most.before);
    const after: StoredCustomer = updated(now, customer, { mergedIdentifiers: without(customer, released) });
    const changes: Change[] = [
      update(customers, customer, after),
      ...(await erasedIdentityChanges({ store, now, erasure }, released)),
      ...released.flatMap(identityPartitions).map(of => pending(erasure.id, partition(of))),
      add(tallyOf(erasure.id), { search: released.length }),
    ];
    await store.commit(changes);
    customer = after;
  }
};
