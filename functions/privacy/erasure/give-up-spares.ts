import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { erasedIdentityChanges } from '../../customers/erased-identities.ts';
import { type IdentityValue, identityPartitions, identityValuesOf } from '../../customers/identity.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { add, type Change, update, updated } from '../../shared/store/changes.ts';
import { type Erasure, tallyOf } from './erasure.ts';
import { partition, toVisit } from './visit.ts';

/** what of mergers a customer is also known by: so much fits the transaction that empties the record, and one before it */
const most = { last: 6, before: 15 };

const without = (customer: StoredCustomer, given: IdentityValue[]): StoredCustomer['mergedIdentifiers'] => {
  const left = (type: 'email' | 'externalId' | 'phone') =>
    (customer.mergedIdentifiers?.[type] ?? []).filter(
      value => !given.some(one => one.type === type && one.value === value),
    );
  return { email: left('email'), externalId: left('externalId'), phone: left('phone') };
};

/**
 * A customer that is known by more than one transaction takes gives the most of it up before: from then on it is buried, like
 * the rest after it.
 */
export const giveUpSpares = async (found: StoredCustomer, erasure: Erasure, ctx: Ctx): Promise<StoredCustomer> => {
  const { now, store } = ctx;
  const own = new Set([found.email, found.externalId, found.phone]);
  let customer = found;
  for (;;) {
    const spare = identityValuesOf(customer).filter(({ value }) => !own.has(value));
    if (spare.length <= most.last) return customer;
    const given = spare.slice(0, most.before);
    const after: StoredCustomer = updated(now, customer, { mergedIdentifiers: without(customer, given) });
    const changes: Change[] = [
      update(customers, customer, after),
      ...(await erasedIdentityChanges({ store, now, erasure }, given)),
      ...given.flatMap(identityPartitions).map(of => toVisit(erasure.id, partition(of))),
      add(tallyOf(erasure.id), { search: given.length }),
    ];
    await store.commit(changes);
    customer = after;
  }
};
