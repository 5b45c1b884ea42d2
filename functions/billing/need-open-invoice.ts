import { ApiError } from '../shared/http/api-error.ts';
import type { Store } from '../shared/store/store.ts';
import { type Invoice, invoices } from './invoice.ts';

/** an invoice that is still to be paid */
export const needOpenInvoice = async (store: Store, id: string): Promise<Invoice> => {
  const invoice = await store.need(invoices, { id });
  if (invoice.status !== 'open') {
    throw new ApiError('conflict', 'invoice.closed', `this invoice is ${invoice.status} already`);
  }
  return invoice;
};
