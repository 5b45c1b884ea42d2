import { invoiceDue, invoiceOverdue } from '../../events/invoice.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isSameJson } from '../shared/json.ts';
import { type Change, eventOf, insert, schedule, update } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { plusAtMost } from '../shared/time/duration.ts';
import { balanceOf, finances, noFinance, recounted, type StoredFinance } from './finance.ts';
import { type Invoice, invoices, withBalance } from './invoice.ts';

export const accountChange = (before: StoredFinance | undefined, changed: StoredFinance): Change => {
  const after = { ...changed, version: (before?.version ?? 0) + 1 };
  return before ? update(finances, before, after) : insert(finances, after);
};

type Counting = { customerId: Invoice['customerId']; before?: Invoice; after?: Invoice };

/** the change of a customer's account that follows from a change of an invoice, if any */
export const recount = async (store: Store, { customerId, before, after }: Counting): Promise<Change[]> => {
  const account = await store.get(finances, { customerId });
  const current = account ?? noFinance(customerId);
  const changed = recounted(current, before, after);
  return isSameJson(changed, current) ? [] : [accountChange(account, changed)];
};

/** an invoice is overdue when its due date has passed, in UTC */
const overdueAt = (dueOn: string) => plusAtMost(`${dueOn}T00:00:00Z`, 'P1D');

export const withOverdue = (now: string, invoice: Invoice): Invoice => ({
  ...invoice,
  overdue: balanceOf(invoice) > 0 && overdueAt(invoice.dueOn) <= now,
});

/** the timer of an open invoice, or the event that it is overdue already */
export const watchInvoice = (now: string, invoice: Invoice): Change[] => {
  const { id: about, customerId, dueOn, status, overdue } = invoice;
  if (status !== 'open') return [];
  if (overdue) return [eventOf(invoiceOverdue, withBalance(invoice))];
  return overdueAt(dueOn) > now ? [schedule(overdueAt(dueOn), invoiceDue, { customerId, about, data: { dueOn } })] : [];
};

/** the update of an invoice and of its customer's account */
export const invoiceChanges = async ({ store }: Pick<Ctx, 'store'>, before: Invoice, after: Invoice) => [
  update(invoices, before, after),
  ...(await recount(store, { customerId: after.customerId, before, after })),
];
