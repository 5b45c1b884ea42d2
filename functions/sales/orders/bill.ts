import { finances, noFinance } from '../../billing/finance.ts';
import { invoices } from '../../billing/invoice.ts';
import { issuedInvoice } from '../../billing/issue-invoice.ts';
import { nextNumber } from '../../billing/series.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Change } from '../../shared/store/changes.ts';
import { dayOf, plus } from '../../shared/time/duration.ts';
import { creditExceeded } from '../errors.ts';
import { billableOf } from './fulfil.ts';
import type { StoredOrder } from './order.ts';
import { orderSettings } from './order-settings.ts';

type Billed = { after: StoredOrder; changes: Change[] };

/** An order with an invoice of what it can be billed for; as it is where that is nothing. */
export const billed = async (order: StoredOrder, dueOn: string | undefined, ctx: Ctx): Promise<Billed> => {
  const { now, store } = ctx;
  const { customerId, total, id: orderId } = order;
  const amount = billableOf(order);
  if (!amount) return { after: order, changes: [] };
  const issuedOn = dayOf(now);
  const due = dueOn ?? dayOf(plus(now, (await orderSettings.of(store)).dueIn));
  if (due < issuedOn) throw invalid([{ path: 'dueOn', message: `is before today, ${issuedOn}` }]);
  const isTaken = async (number: string) => (await store.holder(invoices, 'number', number)) !== undefined;
  const { number, change } = await nextNumber(ctx, 'invoice', isTaken);
  const fields = { customerId, number, total: { ...total, amount }, issuedOn, dueOn: due, orderId };
  const { invoice, changes } = await issuedInvoice(fields, ctx);
  const invoiced = { ...total, amount: (order.invoiced?.amount ?? 0) + amount };
  const all = [...(order.invoices ?? []), invoice.id];
  return { after: { ...order, invoiced, invoices: all }, changes: [change, ...changes] };
};

/** refuses what would take a customer past its credit limit: open invoices and what is about to be owed */
export const refuseExcess = async (
  customerId: StoredOrder['customerId'],
  owed: StoredOrder['total'],
  { store }: Ctx,
) => {
  const { creditLimit: limit, open } = (await store.get(finances, { customerId })) ?? noFinance(customerId);
  const { amount, currency } = owed;
  if (!limit || limit.currency !== currency || !amount) return;
  const is = Math.max(0, open[currency] ?? 0);
  if (is + amount <= limit.amount) return;
  const message = `The customer owes ${is} ${currency} and may owe ${limit.amount}: ${amount} more is too much. Record a payment, or raise the limit.`;
  throw creditExceeded(message, { extra: { limit, open: { amount: is, currency }, amount: owed } });
};
