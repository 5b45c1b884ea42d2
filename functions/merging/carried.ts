import { carryInvoice, invoiceKeysOf } from '../billing/carry-invoice.ts';
import { carryEnd, endKeysOf } from '../relationships/carry-end.ts';
import type { Ctx } from '../shared/http/context.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import type { Page, Paging, Store } from '../shared/store/store.ts';

export type Way = { from: string; to: string };

/** How records of one kind, which hold more of their customer than its id, go to another customer and back. */
export type Carrying = {
  /** a page of what is this customer's, as keys in words */
  keysOf: (store: Store, customerId: string, paging: Paging) => Promise<Page<string>>;
  /** gives one that is still `from`'s to `to`, in one transaction; tells whether it was */
  carry: (key: string, way: Way, ctx: Ctx) => Promise<boolean>;
};

export const kinds = {
  invoice: { keysOf: invoiceKeysOf, carry: carryInvoice },
  relationship: { keysOf: endKeysOf, carry: carryEnd },
} as const satisfies Record<string, Carrying>;

export type Kind = keyof typeof kinds;

/** one after the other: what stands in the way of one may be another */
export const carryAll = async (kind: Kind, keys: string[], way: Way, ctx: Ctx): Promise<number> => {
  let carried = 0;
  for (const key of keys) if (await retryOnConflict(() => kinds[kind].carry(key, way, ctx))) carried++;
  return carried;
};
