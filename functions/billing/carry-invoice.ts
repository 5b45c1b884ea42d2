import type { Ctx } from '../shared/http/context.ts';
import { update, updated } from '../shared/store/changes.ts';
import type { Paging, Store } from '../shared/store/store.ts';
import { recount } from './account.ts';
import { invoices } from './invoice.ts';

export const invoiceKeysOf = async (store: Store, customerId: string, paging: Paging) => {
  const { items, nextCursor } = await store.list(invoices, 'customer', customerId, paging);
  return { items: items.map(({ id }) => id as string), nextCursor };
};

/** an invoice leaves one account and comes to another */
export const carryInvoice = async (id: string, { from, to }: { from: string; to: string }, { now, store }: Ctx) => {
  const before = await store.get(invoices, { id });
  if (before?.customerId !== from) return false;
  const after = updated(now, before, { customerId: to as never });
  await store.commit([
    update(invoices, before, after),
    ...(await recount(store, { customerId: before.customerId, before })),
    ...(await recount(store, { customerId: after.customerId, after })),
  ]);
  return true;
};
