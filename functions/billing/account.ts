import { invoiceDue, invoiceOverdue } from '../../events/invoice.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, insert, schedule, update } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { plusAtMost } from '../shared/time/duration.ts';
import { balanceOf, finances, noFinance, recounted, type StoredFinance } from './finance.ts';
import { type Invoice, invoices, told } from './invoice.ts';

/** writes a customer's account anew */
export const accountChange = (before: StoredFinance | undefined, changed: StoredFinance): Change => {
  const after = { ...changed, version: (before?.version ?? 0) + 1 };
  return before ? update(finances, before, after) : insert(finances, after);
};

type Counting = { customerId: Invoice['customerId']; before?: Invoice; after?: Invoice };

/** what keeps a customer's account right when one of its invoices changes; nothing when that does not touch it */
export const recount = async (store: Store, { customerId, before, after }: Counting): Promise<Change[]> => {
  const account = await store.get(finances, { customerId });
  const is = account ?? noFinance(customerId);
  const changed = recounted(is, before, after);
  return JSON.stringify(changed) === JSON.stringify(is) ? [] : [accountChange(account, changed)];
};

/** an invoice is overdue when the day that it is due on is over, in UTC */
const overAt = (dueOn: string) => plusAtMost(`${dueOn}T00:00:00Z`, 'P1D');

/** an invoice as it stands today; of nothing, nothing is overdue */
export const asOfNow = (now: string, invoice: Invoice): Invoice => ({
  ...invoice,
  overdue: balanceOf(invoice) > 0 && overAt(invoice.dueOn) <= now,
});

/** the timer of an open invoice, or what tells that it is overdue already */
export const watched = (now: string, invoice: Invoice): Change[] => {
  const { id: about, customerId, dueOn, status, overdue } = invoice;
  if (status !== 'open') return [];
  if (overdue) return [emit(invoiceOverdue, { customerId, about, data: told(invoice) })];
  return overAt(dueOn) > now ? [schedule(overAt(dueOn), invoiceDue, { customerId, about, data: { dueOn } })] : [];
};

/** an invoice written anew, with its customer's account */
export const invoiceChanges = async ({ store }: Pick<Ctx, 'store'>, before: Invoice, after: Invoice) => [
  update(invoices, before, after),
  ...(await recount(store, { customerId: after.customerId, before, after })),
];
