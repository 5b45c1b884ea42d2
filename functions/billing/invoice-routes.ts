import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { customerNotFound } from '../customers/errors.ts';
import { Day, line } from '../shared/fields.ts';
import { creates, lists, route } from '../shared/http/contract.ts';
import { CreditNote } from './credit-note.ts';
import { invoiceClosed, numberTaken, overPaid, referenceTaken } from './errors.ts';
import { Finance } from './finance.ts';
import { Invoice, InvoiceFields, InvoiceState, Payment } from './invoice.ts';

const read = { scope: 'finance.read' } as const;
const write = { scope: 'finance.write' } as const;

const InvoiceReply = Invoice.extend({ balance: Money.describe('the amount still to be paid') });
/** an invoice as its customer sees it */
export const MyInvoice = InvoiceReply.omit({ customerId: true });

const total = { amount: 129_900, currency: 'SGD' };

export const invoiceRoutes = {
  issueInvoice: route('POST /v1/invoices', {
    summary: 'Record an invoice that was issued to a customer',
    ...write,
    body: InvoiceFields,
    reply: InvoiceReply,
    ...creates('/v1/invoices'),
    errors: [customerNotFound, numberTaken],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      number: 'R-2026-0117',
      total,
      issuedOn: '2026-11-15',
      dueOn: '2026-12-15',
    },
  }),
  findInvoices: route('GET /v1/invoices', {
    summary: 'List invoices of a customer (latest first), by number, or by state (earliest due first)',
    ...read,
    ...lists(InvoiceReply, {
      customerId: CustomerId.optional(),
      number: line(100).optional(),
      state: InvoiceState.optional(),
    }),
  }),
  listMyInvoices: route('GET /v1/me/invoices', {
    summary: 'List the customer’s own invoices, latest first',
    auth: 'customer',
    ...lists(MyInvoice, { state: InvoiceState.optional() }),
  }),
  readInvoice: route('GET /v1/invoices/{id}', { summary: 'Read an invoice', ...read, reply: InvoiceReply }),
  changeInvoice: route('PATCH /v1/invoices/{id}', {
    summary: 'Change the due date of an invoice (JSON Merge Patch)',
    ...write,
    body: z.strictObject({ dueOn: Day.optional() }),
    reply: InvoiceReply,
    errors: [invoiceClosed],
    example: { dueOn: '2027-01-15' },
  }),
  cancelInvoice: route('POST /v1/invoices/{id}/cancel', {
    summary: 'Cancel an invoice; its payments stay on record',
    ...write,
    body: z.strictObject({ reason: line(500).optional() }),
    reply: InvoiceReply,
    errors: [invoiceClosed],
    example: { reason: 'issued twice' },
  }),
};

export const creditNoteRoutes = {
  findCreditNotes: route('GET /v1/credit-notes', {
    summary: 'List the credit notes of a customer or of an order, latest first',
    ...read,
    ...lists(CreditNote, { customerId: CustomerId.optional(), orderId: idOf('order').optional() }),
  }),
  readCreditNote: route('GET /v1/credit-notes/{id}', { summary: 'Read a credit note', ...read, reply: CreditNote }),
};

export const paymentRoutes = {
  recordPayment: route('POST /v1/invoices/{id}/payments', {
    summary: 'Record a payment of an invoice, once per reference; more than the balance only with `overpay`',
    ...write,
    body: z.strictObject({ amount: Money, paidOn: Day, reference: line(100), overpay: z.boolean().optional() }),
    reply: InvoiceReply,
    status: 201,
    location: ({ id }) => `/v1/invoices/${id}/payments`,
    errors: [invoiceClosed, overPaid, referenceTaken],
    example: { amount: total, paidOn: '2026-12-01', reference: 'DBS-9313' },
  }),
  listPayments: route('GET /v1/invoices/{id}/payments', {
    summary: 'List the payments of an invoice, by reference',
    ...read,
    ...lists(Payment.omit({ invoiceId: true })),
  }),
};

export const financeRoutes = {
  readFinance: route('GET /v1/customers/{id}/finance', {
    summary: 'Read the account of a customer: open and overdue amounts and the credit limit',
    ...read,
    reply: Finance,
  }),
  setCredit: route('PUT /v1/customers/{id}/credit', {
    summary: 'Set the credit limit of a customer; null removes it',
    ...write,
    body: z.strictObject({ limit: Money.nullable() }),
    reply: Finance,
    example: { limit: { amount: 5_000_000, currency: 'SGD' } },
  }),
};
