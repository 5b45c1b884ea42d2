import { problem } from '../shared/http/api-error.ts';

export const numberTaken = problem(
  'conflict',
  'invoice.number-taken',
  'Another invoice has this number. Use the invoice named in `holder`.',
);
export const invoiceClosed = problem('conflict', 'invoice.closed', 'The invoice is closed. Issue a new invoice.');
export const overPaid = problem(
  'conflict',
  'invoice.over-paid',
  'The amount exceeds the balance of the invoice. Send `overpay` if it was paid.',
);
export const referenceTaken = problem(
  'conflict',
  'payment.reference-taken',
  'Another payment of the invoice has this reference. Use another reference.',
);
