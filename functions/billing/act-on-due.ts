import { invoiceOverdue } from '../../events/invoice.ts';
import { consume } from '../shared/events/consume.ts';
import { eventOf, updated } from '../shared/store/changes.ts';
import { invoiceChanges } from './account.ts';
import { subscriptions } from './contract.ts';
import { invoices, withBalance } from './invoice.ts';

/** A timer is never cancelled: one of an invoice that was paid or given another due date does nothing. */
export const reaction = consume('actOnDue', subscriptions.actOnDue, async ({ about, data: { dueOn } }, ctx) => {
  const before = await ctx.store.get(invoices, { id: about });
  if (before?.status !== 'open' || before.overdue || before.dueOn !== dueOn) return;
  const after = updated(ctx.now, before, { overdue: true });
  const event = eventOf(invoiceOverdue, withBalance(after));
  await ctx.store.commit([...(await invoiceChanges(ctx, before, after)), event]);
});
