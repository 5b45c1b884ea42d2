import type { DataOf } from '../../events/define.ts';
import { type invoiceDue, invoiceOverdue } from '../../events/invoice.ts';
import type { Ctx } from '../shared/http/context.ts';
import { emit, updated } from '../shared/store/changes.ts';
import { invoiceChanges } from './account.ts';
import { invoices, told } from './invoice.ts';

/** an invoice that is not paid by then is overdue; one that is due on another day by now has another timer */
export const invoiceIsDue = async (id: string, { dueOn }: DataOf<typeof invoiceDue>, ctx: Ctx) => {
  const { now, store } = ctx;
  const before = await store.get(invoices, { id });
  if (before?.status !== 'open' || before.overdue || before.dueOn !== dueOn) return;
  const after = updated(now, before, { overdue: true });
  const { customerId } = after;
  const said = emit(invoiceOverdue, { customerId, about: id, data: told(after) });
  await store.commit([...(await invoiceChanges(ctx, before, after)), said]);
};
