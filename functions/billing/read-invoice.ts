import type { UseCase } from '../shared/http/contract.ts';
import { invoices, shown } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

export const readInvoice: UseCase<typeof invoiceRoutes.readInvoice> = async ({ params: { id = '' } }, { store }) =>
  shown(await store.need(invoices, { id }));
