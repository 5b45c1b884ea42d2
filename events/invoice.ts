import * as z from 'zod';
import { byCustomer, byStaff, bySystem, event, internal } from './define.ts';
import { Money } from './money.ts';

const day = z.iso.date();

export const InvoiceStatus = z.enum(['open', 'paid', 'cancelled']);

const Data = z.object({
  number: z.string(),
  status: InvoiceStatus,
  total: Money,
  balance: Money,
  dueOn: day,
});
const total = { amount: 129_900, currency: 'SGD' };
const example = { number: 'R-2026-0117', status: 'open', total, balance: total, dueOn: '2026-12-15' } as const;
const nothing = { amount: 0, currency: 'SGD' };

export const invoiceIssued = event('customers', 'invoice.issued', byStaff, {
  summary: 'an invoice was issued to a customer',
  data: () => Data,
  example,
});

export const invoiceChanged = event('customers', 'invoice.changed', byStaff, {
  summary: 'the due date of an invoice was changed; `from` is the previous one',
  data: () => Data.extend({ from: day }),
  example: { ...example, from: '2026-11-15' },
});

export const paymentReceived = event('customers', 'payment.received', byCustomer, {
  summary: 'a customer paid an invoice or a part of it; `about` is the invoice',
  data: () => Data.extend({ amount: Money, paidOn: day, reference: z.string(), overpaid: Money.optional() }),
  example: { ...example, status: 'paid', balance: nothing, amount: total, paidOn: '2026-12-01', reference: 'DBS-9313' },
});

export const invoicePaid = event('customers', 'invoice.paid', byStaff, {
  summary: 'an invoice was paid in full',
  data: () => Data,
  example: { ...example, status: 'paid', balance: nothing },
});

export const invoiceCancelled = event('customers', 'invoice.cancelled', byStaff, {
  summary: 'an invoice was cancelled',
  data: () => Data.extend({ reason: z.string().optional() }),
  example: { ...example, status: 'cancelled', balance: nothing, reason: 'issued twice' },
});

export const invoiceDue = event('timers', 'invoice.due', internal, {
  summary: 'the due date of an invoice has passed; `invoice.overdue` follows if it is not paid',
  data: () => z.object({ dueOn: day }),
  example: { dueOn: '2026-12-15' },
});

export const invoiceOverdue = event('customers', 'invoice.overdue', bySystem, {
  summary: 'the due date of an invoice has passed and it is not paid in full',
  data: () => Data,
  example,
});

export const creditChanged = event('customers', 'credit.changed', byStaff, {
  summary: 'the credit limit of a customer was set or removed',
  data: () => z.object({ limit: Money.nullable(), from: Money.nullable() }),
  example: { limit: { amount: 5_000_000, currency: 'SGD' }, from: null },
});
