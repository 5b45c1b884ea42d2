import { ApiError } from '../shared/http/api-error.ts';
import type { Store } from '../shared/store/store.ts';
import { customers, type StoredCustomer } from './customer.ts';

/** how many mergers in a row are followed */
const mostMergers = 8;

/** The customer of an id: refuses with 404 where there never was one, 410 where one was erased, 301 where it was merged away. */
export const activeCustomer = async (store: Store, id: string): Promise<StoredCustomer> => {
  const found = await store.need(customers, { id });
  if (found.erasedAt) throw new ApiError('gone', 'customer.erased', 'this customer was erased on request');
  if (found.mergedInto) {
    const { id: to } = (await resolveMerged(store, found.mergedInto)) ?? { id: found.mergedInto };
    throw new ApiError('moved', 'customer.merged', 'this customer was merged into another', {
      moved: { from: id, to },
    });
  }
  return found;
};

/** the customer of an id, or of whoever it was merged into; undefined where there is none or it was erased */
export const resolveMerged = async (store: Store, id: string): Promise<StoredCustomer | undefined> => {
  let at: string | undefined = id;
  for (let step = 0; at && step < mostMergers; step++) {
    const found: StoredCustomer | undefined = await store.get(customers, { id: at });
    if (!found?.mergedInto) return found?.erasedAt ? undefined : found;
    at = found.mergedInto;
  }
  return undefined;
};
