import type * as z from 'zod';
import { invoicePaid, paymentReceived } from '../../events/invoice.ts';
import { ApiError, invalid } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { type Change, emit, insert, updated } from '../shared/store/changes.ts';
import { invoiceChanges } from './account.ts';
import { balance, type Invoice, invoices, payments, shown, told } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

type Given = z.output<typeof invoiceRoutes.recordPayment.body>;

const mustFit = (invoice: Invoice, { amount, overpay }: Given) => {
  const { currency } = invoice.total;
  if (amount.currency !== currency) {
    throw invalid([{ path: 'amount.currency', message: `is not the invoice's, ${currency}` }]);
  }
  if (amount.amount === 0) throw invalid([{ path: 'amount.amount', message: 'is nothing' }]);
  if (invoice.status === 'cancelled') throw new ApiError('conflict', 'invoice.closed', 'this invoice is cancelled');
  if (amount.amount > balance(invoice).amount && !overpay) {
    const message = `only ${balance(invoice).amount} ${currency} are still to be paid; say \`overpay\` if more was`;
    throw new ApiError('conflict', 'invoice.over-paid', message, { extra: { balance: balance(invoice) } });
  }
};

/** refuses another payment of a reference there is; tells of the same */
const isKnown = (known: Given | undefined, { amount, paidOn }: Given): boolean => {
  if (!known) return false;
  const { amount: was } = known;
  if (was.amount === amount.amount && was.currency === amount.currency && known.paidOn === paidOn) return true;
  throw new ApiError('conflict', 'payment.reference-taken', 'another payment of this invoice has this reference');
};

/** A payment of one reference counts once, however often it is told. */
export const recordPayment: Handler<typeof invoiceRoutes.recordPayment> = async (
  { params: { id = '' }, body },
  ctx,
) => {
  const { now, actor, store } = ctx;
  const { overpay: _, ...given } = body;
  const [before, known] = await Promise.all([
    store.need(invoices, { id }),
    store.get(payments, { invoiceId: id, reference: body.reference }),
  ]);
  if (isKnown(known, body)) return new Reply(200, shown(before));
  mustFit(before, body);
  const paid = before.paid + body.amount.amount;
  const isPaid = paid >= before.total.amount;
  const closing = isPaid ? { status: 'paid' as const, overdue: false, closedAt: before.closedAt ?? now } : {};
  const after = updated(now, before, { paid, ...closing });
  const over = { amount: paid - after.total.amount, currency: after.total.currency };
  const said = { customerId: after.customerId, about: id };
  const changes: Change[] = [
    insert(payments, { ...given, invoiceId: after.id, at: now, by: actor }),
    ...(await invoiceChanges(ctx, before, after)),
    emit(paymentReceived, {
      ...said,
      data: { ...told(after), ...given, ...(over.amount > 0 ? { overpaid: over } : {}) },
    }),
    ...(isPaid && before.status === 'open' ? [emit(invoicePaid, { ...said, data: told(after) })] : []),
  ];
  return store.commit(changes, shown(after));
};
