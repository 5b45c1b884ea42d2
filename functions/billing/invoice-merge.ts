import { update, updated } from '../shared/store/changes.ts';
import type { MovedRecords } from '../shared/store/merge.ts';
import { recount } from './account.ts';
import { invoices } from './invoice.ts';

export const invoiceKeysOf: MovedRecords['keysOf'] = async (store, customerId, paging) => {
  const { items, nextCursor } = await store.list(invoices, 'customer', customerId, paging);
  return { items: items.map(({ id }) => id as string), nextCursor };
};

/** an invoice leaves one account and comes to another */
export const moveInvoice: MovedRecords['move'] = async (id, { from, to }, { now, store }) => {
  const before = await store.get(invoices, { id });
  if (before?.customerId !== from) return false;
  const after = updated(now, before, { customerId: to });
  await store.commit([
    update(invoices, before, after),
    ...(await recount(store, { customerId: before.customerId, before })),
    ...(await recount(store, { customerId: after.customerId, after })),
  ]);
  return true;
};
