import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { creditNoteHandlers } from './credit-notes.ts';
import { financeHandlers } from './finances.ts';
import { invoiceHandlers } from './invoices.ts';
import { paymentHandlers } from './payments.ts';
import { seriesHandlers } from './serieses.ts';

export const handler = serve(routes, {
  ...financeHandlers,
  ...invoiceHandlers,
  ...creditNoteHandlers,
  ...paymentHandlers,
  ...seriesHandlers,
});
