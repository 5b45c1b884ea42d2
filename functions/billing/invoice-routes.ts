import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Day, line } from '../shared/fields.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Finance } from './finance.ts';
import { Invoice, InvoiceFields, InvoiceState, Payment } from './invoice.ts';

const read = { scope: 'customers.read' } as const;
const write = { scope: 'customers.write' } as const;

const Shown = Invoice.extend({ balance: Money.describe('what is still to be paid') });
const total = { amount: 129_900, currency: 'SGD' };

export const invoiceRoutes = {
  issueInvoice: route('POST /v1/invoices', {
    summary: 'Tell of an invoice that a customer was sent',
    ...write,
    body: InvoiceFields,
    reply: Shown,
    status: 201,
    location: ({ id }) => `/v1/invoices/${id}`,
    errors: ['customer.not-found', 'invoice.number-taken'],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      number: 'R-2026-0117',
      total,
      issuedOn: '2026-11-15',
      dueOn: '2026-12-15',
    },
  }),
  findInvoices: route('GET /v1/invoices', {
    summary: 'Invoices of a customer, latest first; by number; or by state, the longest due first',
    ...read,
    query: z.strictObject({
      customerId: CustomerId.optional(),
      number: line(100).optional(),
      state: InvoiceState.optional(),
      ...paging,
    }),
    reply: page(Shown),
  }),
  readInvoice: route('GET /v1/invoices/{id}', { summary: 'Read an invoice', ...read, reply: Shown }),
  changeInvoice: route('PATCH /v1/invoices/{id}', {
    summary: 'Give an invoice more time, or less (JSON Merge Patch)',
    ...write,
    body: z.strictObject({ dueOn: Day.optional() }),
    reply: Shown,
    errors: ['invoice.closed'],
    example: { dueOn: '2027-01-15' },
  }),
  recordPayment: route('POST /v1/invoices/{id}/payments', {
    summary:
      'Tell of a payment of an invoice; once by its reference, and no more than is owed unless one says `overpay`',
    ...write,
    body: z.strictObject({ amount: Money, paidOn: Day, reference: line(100), overpay: z.boolean().optional() }),
    reply: Shown,
    status: 201,
    location: ({ id }) => `/v1/invoices/${id}/payments`,
    errors: ['invoice.closed', 'invoice.over-paid', 'payment.reference-taken'],
    example: { amount: total, paidOn: '2026-12-01', reference: 'DBS-9313' },
  }),
  listPayments: route('GET /v1/invoices/{id}/payments', {
    summary: 'The payments of an invoice, by reference',
    ...read,
    query: z.strictObject(paging),
    reply: page(Payment.omit({ invoiceId: true })),
  }),
  cancelInvoice: route('POST /v1/invoices/{id}/cancel', {
    summary: 'Say that an invoice is not to be paid any more; what was paid of it stays on record',
    ...write,
    body: z.strictObject({ reason: line(500).optional() }),
    reply: Shown,
    errors: ['invoice.closed'],
    example: { reason: 'issued twice' },
  }),
  readFinance: route('GET /v1/customers/{id}/finance', {
    summary: 'What a customer owes, since when, and how much it may',
    ...read,
    reply: Finance,
  }),
  setCredit: route('PUT /v1/customers/{id}/credit', {
    summary: 'Say how much a customer may owe; null: no limit is known',
    ...write,
    body: z.strictObject({ limit: Money.nullable() }),
    reply: Finance,
    example: { limit: { amount: 5_000_000, currency: 'SGD' } },
  }),
};
