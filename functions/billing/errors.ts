import { problem } from '../shared/http/api-error.ts';

export const numberTaken = problem(
  'conflict',
  'invoice.number-taken',
  'Another invoice has this number. Change that invoice, or use another number.',
);
export const invoiceClosed = problem('conflict', 'invoice.closed', 'The invoice is closed. Issue a new invoice.');
export const overPaid = problem('conflict', 'invoice.over-paid', 'The amount exceeds the balance. Send `overpay`.');
export const referenceTaken = problem('conflict', 'payment.reference-taken', 'Another payment has this reference.');
