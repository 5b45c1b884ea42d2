import type { Ctx } from '../shared/http/context.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import type { Store } from '../shared/store/store.ts';
import { Customer, customers, isActive, type StoredCustomer } from './customer.ts';
import { customerErased, customerMerged } from './errors.ts';

const mostMerges = 8;

/** the customer of an id, or the one it was merged into; undefined if it does not exist or was erased */
export const resolveMerged = async (store: Store, id: string): Promise<StoredCustomer | undefined> => {
  let at: string | undefined = id;
  for (let step = 0; at && step < mostMerges; step++) {
    const found: StoredCustomer | undefined = await store.get(customers, { id: at });
    if (!found?.mergedInto) return found?.erasedAt ? undefined : found;
    at = found.mergedInto;
  }
  return undefined;
};

const concurrency = 10;

/** the customers of some ids, or those they were merged into; null: it was erased, missing: it does not exist */
export const resolveAllMerged = async <Id extends string>(store: Store, ids: Id[]) => {
  const found = await store.getByIds(customers, [...new Set(ids)]);
  const resolved = await mapConcurrent(found, concurrency, one =>
    isActive(one) ? one : resolveMerged(store, one.mergedInto ?? one.id),
  );
  return new Map(found.map(({ id }, nth) => [id as string as Id, resolved[nth] ?? null]));
};

/** The customer of an id. Refuses one that never existed (404), was erased (410) or merged into another (301). */
export const activeCustomer = async (store: Store, id: string): Promise<StoredCustomer> => {
  const found = await store.need(customers, { id });
  if (found.erasedAt) throw customerErased();
  if (found.mergedInto) {
    const { id: to } = (await resolveMerged(store, found.mergedInto)) ?? { id: found.mergedInto };
    throw customerMerged(undefined, { moved: { from: id, to } });
  }
  return found;
};

export const Me = Customer.pick({
  id: true,
  version: true,
  kind: true,
  givenName: true,
  familyName: true,
  name: true,
  email: true,
  phone: true,
  dateOfBirth: true,
  address: true,
  locale: true,
  timeZone: true,
  preferredChannel: true,
  updatedAt: true,
});

/** the customer that calls, or the one it was merged into; refuses with 410 if it was erased */
export const callingCustomer = async ({ store, me }: Pick<Ctx, 'store' | 'me'>): Promise<StoredCustomer> => {
  const found = await resolveMerged(store, me);
  if (!found) throw customerErased();
  return found;
};
