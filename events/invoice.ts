import * as z from 'zod';
import { event } from './define.ts';
import { Money } from './money.ts';

const day = z.iso.date();

export const InvoiceStatus = z.enum(['open', 'paid', 'cancelled']);

const Told = z.object({
  number: z.string(),
  status: InvoiceStatus,
  total: Money,
  /** what is still to be paid */
  balance: Money,
  dueOn: day,
});
const total = { amount: 129_900, currency: 'SGD' };
const example = { number: 'R-2026-0117', status: 'open', total, balance: total, dueOn: '2026-12-15' } as const;
const nothing = { amount: 0, currency: 'SGD' };

export const invoiceIssued = event('customers', 'invoice.issued', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a customer was sent an invoice',
  data: () => Told,
  example,
});

export const invoiceChanged = event('customers', 'invoice.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an invoice is due on another day; `from` is the one before',
  data: () => Told.extend({ from: day }),
  example: { ...example, from: '2026-11-15' },
});

export const paymentReceived = event('customers', 'payment.received', {
  by: 'customer',
  contact: null,
  triggers: true,
  summary: 'a customer paid an invoice, or a part of it; `about` is the invoice',
  data: () => Told.extend({ amount: Money, paidOn: day, reference: z.string(), overpaid: Money.optional() }),
  example: { ...example, status: 'paid', balance: nothing, amount: total, paidOn: '2026-12-01', reference: 'DBS-9313' },
});

export const invoicePaid = event('customers', 'invoice.paid', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an invoice is paid in full',
  data: () => Told,
  example: { ...example, status: 'paid', balance: nothing },
});

export const invoiceCancelled = event('customers', 'invoice.cancelled', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an invoice is not to be paid any more',
  data: () => Told.extend({ reason: z.string().optional() }),
  example: { ...example, status: 'cancelled', balance: nothing, reason: 'issued twice' },
});

export const invoiceDue = event('timers', 'invoice.due', {
  by: 'system',
  contact: null,
  triggers: false,
  summary: 'the day that an invoice was due on is over, paid or not; `invoice.overdue` follows when it is not',
  data: () => z.object({ dueOn: day }),
  example: { dueOn: '2026-12-15' },
});

export const invoiceOverdue = event('customers', 'invoice.overdue', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'the day that an invoice was due on is over, and it is not paid in full',
  data: () => Told,
  example,
});

export const creditChanged = event('customers', 'credit.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a customer may owe so much, or as much as it likes',
  data: () => z.object({ limit: Money.nullable(), from: Money.nullable() }),
  example: { limit: { amount: 5_000_000, currency: 'SGD' }, from: null },
});
