import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { InvoiceStatus } from '../../events/invoice.ts';
import { Money } from '../../events/money.ts';
import { Day, line } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { balanceOf } from './finance.ts';
import { carryInvoice, invoiceKeysOf } from './invoice-merge.ts';

export const InvoiceFields = z.strictObject({
  customerId: CustomerId,
  number: line(100).describe('unique'),
  total: Money,
  issuedOn: Day,
  dueOn: Day,
  status: z.enum(['open', 'paid']).default('open'),
});

/** What a customer was asked to pay, as the system that keeps the books tells it. */
export const Invoice = z.object({
  id: idOf('invoice'),
  ...InvoiceFields.shape,
  status: InvoiceStatus,
  /** minor units, in the currency of the total; more than that when too much was paid */
  paid: z.int().min(0),
  /** the day that it was due on is over, and it is not paid in full */
  overdue: z.boolean(),
  closedAt: Instant.optional(),
  ...stamps,
});
export type Invoice = z.output<typeof Invoice>;

/** invoices by what they are: the overdue ones are not among the open ones */
const stateOf = ({ status, overdue }: Invoice) => (overdue ? 'overdue' : status);
export const InvoiceState = z.enum([...InvoiceStatus.options, 'overdue']);

// of invoices there are many in the course of years: the customer's account sums them up among its parts, and the records that
// the single view reads are without them
export const invoices = entity('invoice', Invoice, {
  onMerge: { keysOf: (...args) => invoiceKeysOf(...args), carry: (...args) => carryInvoice(...args) },
  onErase: left => ({ left }),
  lists: {
    customer: { by: ({ customerId }) => customerId, sort: ({ issuedOn }) => issuedOn },
    state: { by: stateOf, sort: ({ dueOn }) => dueOn, shards: 2 },
  },
  unique: { number: { code: 'invoice.number-taken', of: ({ number }) => number } },
});

export const Payment = z.object({
  invoiceId: idOf('invoice'),
  amount: Money,
  paidOn: Day,
  /** of the bank or till; the same again is the same payment */
  reference: line(100),
  at: Instant,
  by: z.string(),
});
export type Payment = z.output<typeof Payment>;

/** they lie with their invoice */
export const payments = entity('payment', Payment, {
  onErase: left => ({ left }),
  area: 'invoices',
  key: ({ invoiceId, reference }: { invoiceId: string; reference: string }) => ({
    of: ['invoice', invoiceId],
    part: `payment#${reference}`,
  }),
});

export const paymentParts = { from: 'payment#', to: 'payment$' };

/** what is still to be paid */
export const balance = (invoice: Invoice): z.output<typeof Money> => ({
  amount: balanceOf(invoice),
  currency: invoice.total.currency,
});

/** what events tell of an invoice */
export const told = (invoice: Invoice) => {
  const { number, status, total, dueOn } = invoice;
  return { number, status, total, balance: balance(invoice), dueOn };
};

/** as clients see it */
export const shown = (invoice: Invoice) => ({ ...invoice, balance: balance(invoice) });
