import { conflict } from '../shared/http/api-error.ts';

export const numberTaken = conflict(
  'invoice.number-taken',
  'Another invoice has this number. Change that invoice, or use another number.',
);
export const invoiceClosed = conflict('invoice.closed', 'The invoice is closed. Issue a new invoice.');
export const overPaid = conflict('invoice.over-paid', 'The amount exceeds the balance. Send `overpay`.');
export const referenceTaken = conflict('payment.reference-taken', 'Another payment has this reference.');
