import { invoiceDue } from '../../events/invoice.ts';
import { on } from '../shared/http/contract.ts';
import { creditNoteRoutes, financeRoutes, invoiceRoutes, paymentRoutes } from './invoice-routes.ts';
import { seriesRoutes } from './series-routes.ts';

export const about = 'Invoices, payments, the accounts of customers, and the numbers of documents.';

export const routes = { ...financeRoutes, ...invoiceRoutes, ...creditNoteRoutes, ...paymentRoutes, ...seriesRoutes };

export const subscriptions = {
  actOnDue: on([invoiceDue], 'marks an invoice as overdue when its due date has passed'),
};
