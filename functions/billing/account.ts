import { isDeepStrictEqual } from 'node:util';
import { invoiceDue, invoiceOverdue } from '../../events/invoice.ts';
import { customers } from '../customers/customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isSameJson } from '../shared/json.ts';
import { type Change, eventOf, save, schedule, update, updated } from '../shared/store/changes.ts';
import type { MergedPart, Merging, MovedRecords } from '../shared/store/merge.ts';
import type { Store } from '../shared/store/store.ts';
import { plusAtMost } from '../shared/time/duration.ts';
import { balanceOf, finances, noFinance, recounted, type StoredFinance } from './finance.ts';
import { type Invoice, invoices, withBalance } from './invoice.ts';

export const accountChange = (before: StoredFinance | undefined, changed: StoredFinance): Change => {
  const after = { ...changed, version: (before?.version ?? 0) + 1 };
  return save(finances, before, after);
};

type Counting = { before?: Invoice; after?: Invoice };

/** The change of a customer's account that follows from changes of invoices, if any. An erased customer has no account any more. */
export const recount = async (
  store: Store,
  customerId: Invoice['customerId'],
  counting: Counting[],
): Promise<Change[]> => {
  const account = await store.get(finances, { customerId });
  if (!account && (await store.get(customers, { id: customerId }))?.erasedAt) return [];
  const current = account ?? noFinance(customerId);
  const changed = counting.reduce(recounted, current);
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
  ...(await recount(store, after.customerId, [{ before, after }])),
];

/** The credit limit of the other counts where the customer that stays has none; amounts move with the invoices. */
export const mergeFinance: MergedPart<StoredFinance>['merge'] = async ({ creditLimit }, into, { store }) => {
  const mine = await store.get(finances, { customerId: into });
  if (!creditLimit || mine?.creditLimit) return { changes: [] };
  return { changes: [accountChange(mine, { ...(mine ?? noFinance(into)), creditLimit })], undo: creditLimit };
};

export const undoFinanceMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const is = await store.get(finances, { customerId: into });
  if (!is || !isDeepStrictEqual(is.creditLimit, undo)) return [];
  const { creditLimit: _, ...without } = is;
  return [accountChange(is, without)];
};

export const invoiceKeysOf: MovedRecords['keysOf'] = async (store, customerId, paging) => {
  const { items, nextCursor } = await store.list(invoices, 'customer', customerId, paging);
  return { items: items.map(({ id }) => id as string), nextCursor };
};

/** an invoice leaves one account and comes to another */
export const moveInvoice: MovedRecords['move'] = async (id, { from, to }, { now, store }) => {
  const before = await store.get(invoices, { id });
  if (before?.customerId !== from) return false;
  const after = updated(now, before, { customerId: to });
  await store.commit([
    update(invoices, before, after),
    ...(await recount(store, before.customerId, [{ before }])),
    ...(await recount(store, after.customerId, [{ after }])),
  ]);
  return true;
};
