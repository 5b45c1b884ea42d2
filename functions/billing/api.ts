import { serve } from '../shared/http/serve.ts';
import { cancelInvoice } from './cancel-invoice.ts';
import { changeInvoice } from './change-invoice.ts';
import { routes } from './contract.ts';
import { findInvoices } from './find-invoices.ts';
import { issueInvoice } from './issue-invoice.ts';
import { listPayments } from './list-payments.ts';
import { readFinance } from './read-finance.ts';
import { readInvoice } from './read-invoice.ts';
import { recordPayment } from './record-payment.ts';
import { setCredit } from './set-credit.ts';

export const handler = serve(routes, {
  cancelInvoice,
  changeInvoice,
  findInvoices,
  issueInvoice,
  listPayments,
  readFinance,
  readInvoice,
  recordPayment,
  setCredit,
});
