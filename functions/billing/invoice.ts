import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { InvoiceStatus } from '../../events/invoice.ts';
import { Money } from '../../events/money.ts';
import { Day, line } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { invoiceKeysOf, moveInvoice } from './account.ts';
import { numberTaken } from './errors.ts';
import { balanceOf } from './finance.ts';

export const InvoiceFields = z.strictObject({
  customerId: CustomerId,
  number: line(100).describe('unique'),
  total: Money,
  issuedOn: Day,
  dueOn: Day,
  status: z.enum(['open', 'paid']).default('open'),
});

/** An amount billed to a customer, as the accounting system reports it. */
export const Invoice = z.object({
  id: idOf('invoice'),
  ...InvoiceFields.shape,
  status: InvoiceStatus,
  /** minor units in the currency of the total; above the total when overpaid */
  paid: z.int().min(0),
  credited: z.int().min(0).optional().describe('the sum of its credit notes, in minor units'),
  /** the due date has passed and it is not paid in full */
  overdue: z.boolean(),
  closedAt: Instant.optional(),
  /** the order that it bills */
  orderId: idOf('order').optional(),
  ...stamps,
});
export type Invoice = z.output<typeof Invoice>;

/** overdue invoices are listed apart from the open ones */
const stateOf = ({ status, overdue }: Invoice) => (overdue ? 'overdue' : status);
export const InvoiceState = z.enum([...InvoiceStatus.options, 'overdue']);

// invoices are many: the single view reads the account that sums them up instead
export const invoices = entity('invoice', Invoice, {
  onMerge: { keysOf: (...args) => invoiceKeysOf(...args), move: (...args) => moveInvoice(...args) },
  onErase: left => ({ left }),
  lists: {
    customer: { by: ({ customerId }) => customerId, sort: ({ issuedOn }) => issuedOn },
    state: { by: stateOf, sort: ({ dueOn }) => dueOn, shards: 2 },
  },
  fact: {
    record: 'invoice',
    shown: Invoice.extend({ balance: Money }),
    of: invoice => withBalance(invoice),
    nouns: ['invoice', 'payment'],
  },
  unique: { number: { taken: numberTaken, of: ({ number }) => number } },
});

export const Payment = z.object({
  invoiceId: idOf('invoice'),
  amount: Money,
  paidOn: Day,
  /** of the bank or till: identifies the payment */
  reference: line(100),
  at: Instant,
  by: z.string(),
});
export type Payment = z.output<typeof Payment>;

/** parts of their invoice */
export const payments = entity('payment', Payment, {
  onErase: left => ({ left }),
  area: 'invoices',
  key: ({ invoiceId, reference }: { invoiceId: string; reference: string }) => ({
    of: ['invoice', invoiceId],
    part: `payment#${reference}`,
  }),
});

export const paymentParts = { from: 'payment#', to: 'payment$' };

/** as clients and events show it: with what is still to be paid */
export const withBalance = (invoice: Invoice) => ({
  ...invoice,
  balance: { amount: balanceOf(invoice), currency: invoice.total.currency },
});
