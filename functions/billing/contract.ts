import { invoiceDue } from '../../events/invoice.ts';
import { on } from '../shared/http/contract.ts';
import { invoiceRoutes } from './invoice-routes.ts';

export const about = 'Invoices, payments, and how the account of a customer stands.';

export const routes = { ...invoiceRoutes };

export const subscriptions = {
  actOnDue: on([invoiceDue], 'looks at an invoice whose due date has come'),
};
