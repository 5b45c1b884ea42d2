import type * as z from 'zod';
import { invoicePaid, paymentReceived } from '../../events/invoice.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers, Reply } from '../shared/http/contract.ts';
import { isSameJson } from '../shared/json.ts';
import { type Change, eventOf, insert, updated } from '../shared/store/changes.ts';
import { listParts } from '../shared/store/record-page.ts';
import { invoiceChanges } from './account.ts';
import { invoiceClosed, overPaid, referenceTaken } from './errors.ts';
import { type Invoice, invoices, type Payment, paymentParts, payments, withBalance } from './invoice.ts';
import { paymentRoutes } from './invoice-routes.ts';

type Body = z.output<typeof paymentRoutes.recordPayment.body>;

const mustFit = (invoice: Invoice, { amount, overpay }: Body) => {
  const { currency } = invoice.total;
  if (amount.currency !== currency) {
    throw invalid([{ path: 'amount.currency', message: `is not the currency of the invoice, ${currency}` }]);
  }
  if (amount.amount === 0) throw invalid([{ path: 'amount.amount', message: 'must not be zero' }]);
  if (invoice.status === 'cancelled') throw invoiceClosed('The invoice is cancelled. Issue a new invoice.');
  const { balance } = withBalance(invoice);
  if (amount.amount > balance.amount && !overpay) {
    const message = `The amount exceeds the balance of ${balance.amount} ${currency}. Send \`overpay\` if it was paid.`;
    throw overPaid(message, { extra: { balance } });
  }
};

const isSamePayment = (recorded: Payment, { amount, paidOn }: Body) =>
  isSameJson([recorded.amount, recorded.paidOn], [amount, paidOn]);

export const paymentHandlers = handlers(paymentRoutes, {
  /** once per reference, however often it is sent */
  recordPayment: async ({ params: { id = '' }, body }, ctx) => {
    const { now, actor, store } = ctx;
    const { overpay: _, ...payment } = body;
    const [before, recorded] = await Promise.all([
      store.need(invoices, { id }),
      store.get(payments, { invoiceId: id, reference: body.reference }),
    ]);
    if (recorded && !isSamePayment(recorded, body)) throw referenceTaken();
    if (recorded) return new Reply(200, withBalance(before));
    mustFit(before, body);
    const paid = before.paid + body.amount.amount;
    const due = before.total.amount - (before.credited ?? 0);
    const isPaid = paid >= due;
    const closing = isPaid ? { status: 'paid' as const, overdue: false, closedAt: before.closedAt ?? now } : {};
    const after = updated(now, before, { paid, ...closing });
    const excess = { amount: paid - due, currency: after.total.currency };
    const overpaid = excess.amount > 0 ? excess : undefined;
    const changes: Change[] = [
      insert(payments, { ...payment, invoiceId: after.id, at: now, by: actor }),
      ...(await invoiceChanges(ctx, before, after)),
      eventOf(paymentReceived, withBalance(after), { ...payment, overpaid }),
      ...(isPaid && before.status === 'open' ? [eventOf(invoicePaid, withBalance(after))] : []),
    ];
    return store.commit(changes, withBalance(after));
  },
  listPayments: listParts(invoices, payments, paymentParts),
});
