import { newId } from '../../events/ids.ts';
import { invoiceIssued } from '../../events/invoice.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, created, eventOf, insert } from '../shared/store/changes.ts';
import { recount, watchInvoice, withOverdue } from './account.ts';
import { type Invoice, invoices, withBalance } from './invoice.ts';

type Issued = Pick<Invoice, 'customerId' | 'number' | 'total' | 'issuedOn' | 'dueOn' | 'orderId'> & {
  status?: 'open' | 'paid';
};

/** An invoice, and the changes that issue it: to the customer's account, with its timer and its event. */
export const issuedInvoice = async (
  { status = 'open', ...fields }: Issued,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
): Promise<{ invoice: Invoice; changes: Change[] }> => {
  const payment = status === 'paid' ? { paid: fields.total.amount, closedAt: now } : { paid: 0 };
  const id = newId('invoice', now);
  const invoice = withOverdue(now, created(now, { ...fields, id, status, overdue: false, ...payment }));
  const changes = [
    insert(invoices, invoice),
    eventOf(invoiceIssued, withBalance(invoice)),
    ...(await recount(store, invoice.customerId, [{ after: invoice }])),
    ...watchInvoice(now, invoice),
  ];
  return { invoice, changes };
};
