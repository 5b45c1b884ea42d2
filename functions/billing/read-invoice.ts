import type { Handler } from '../shared/http/contract.ts';
import { invoices, shown } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

export const readInvoice: Handler<typeof invoiceRoutes.readInvoice> = async ({ params: { id = '' } }, { store }) =>
  shown(await store.need(invoices, { id }));
