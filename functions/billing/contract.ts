import { invoiceDue } from '../../events/invoice.ts';
import { on } from '../shared/http/contract.ts';
import { financeRoutes, invoiceRoutes, paymentRoutes } from './invoice-routes.ts';

export const about = 'Invoices, payments, and the accounts of customers.';

export const routes = { ...financeRoutes, ...invoiceRoutes, ...paymentRoutes };

export const subscriptions = {
  actOnDue: on([invoiceDue], 'marks an invoice as overdue when its due date has passed'),
};
