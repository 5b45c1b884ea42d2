import type { StoredCustomer } from '../customers/customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { holdOn } from './erasure/hold.ts';
import { mergedWith } from './erasure/merged-with.ts';

const isHeld = async (id: string, { now, store }: Ctx) => {
  try {
    return (await holdOn(store, now, [id, ...(await mergedWith(store, id))])) !== undefined;
  } catch (error) {
    // a merger is under way: left to the next night
    if (error instanceof ApiError) return true;
    throw error;
  }
};

/** Those of some customers that there is no duty to keep all of. */
export const notHeld = async (all: StoredCustomer[], ctx: Ctx): Promise<StoredCustomer[]> => {
  const held = await Promise.all(all.map(({ id }) => isHeld(id, ctx)));
  return all.filter((_, nth) => !held[nth]);
};
