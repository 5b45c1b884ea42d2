import { creditNoteIssued } from '../../events/credit-note.ts';
import { newId } from '../../events/ids.ts';
import { invoiceCancelled, invoicePaid } from '../../events/invoice.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, created, eventOf, insert, update, updated } from '../shared/store/changes.ts';
import { dayOf } from '../shared/time/duration.ts';
import { recount } from './account.ts';
import { type CreditNote, creditNotes } from './credit-note.ts';
import { balanceOf } from './finance.ts';
import { type Invoice, invoices, withBalance } from './invoice.ts';
import { nextNumber } from './series.ts';

const creditableOf = ({ status, total, credited = 0 }: Invoice) =>
  status === 'cancelled' ? 0 : total.amount - credited;

/** an invoice less a part of it; where nothing is left to be paid it is closed: paid, or cancelled where nothing was */
const creditedInvoice = (now: string, before: Invoice, part: number): Invoice => {
  const after = updated(now, before, { credited: (before.credited ?? 0) + part });
  if (balanceOf(after) > 0 || before.status !== 'open') return after;
  return { ...after, status: after.paid ? 'paid' : 'cancelled', overdue: false, closedAt: now };
};

const closing = (before: Invoice, after: Invoice, number: string): Change[] => {
  if (after.status === before.status) return [];
  if (after.status === 'paid') return [eventOf(invoicePaid, withBalance(after))];
  return [eventOf(invoiceCancelled, withBalance(after), { reason: number })];
};

type Credit = Pick<CreditNote, 'customerId' | 'orderId' | 'reason' | 'total'> & { of: Invoice['id'][] };

/** A credit note of an amount, which it takes off the latest invoices first; none where nothing of them is left. */
export const issuedCredit = async (
  { of, total: { amount, currency }, ...fields }: Credit,
  ctx: Ctx,
): Promise<{ credited: number; changes: Change[] }> => {
  const { now, store } = ctx;
  const found = await Promise.all(of.toReversed().map(id => store.get(invoices, { id })));
  let rest = amount;
  const moves = found.flatMap(before => {
    const part = before ? Math.min(rest, creditableOf(before)) : 0;
    rest -= part;
    return before && part ? [{ before, after: creditedInvoice(now, before, part), part }] : [];
  });
  const credited = amount - rest;
  if (!credited) return { credited, changes: [] };
  const taken = moves.reduce((sum, { before, after }) => sum + balanceOf(before) - balanceOf(after), 0);
  const { number, change } = await nextNumber(ctx, 'creditNote');
  const note: CreditNote = created(now, {
    ...{ ...fields, id: newId('creditNote', now), number, issuedOn: dayOf(now) },
    ...{ total: { amount: credited, currency }, repay: { amount: credited - taken, currency } },
    invoices: moves.map(({ after: { id }, part }) => ({ id, amount: part })),
  });
  const accounts = await Promise.all(
    [...Map.groupBy(moves, ({ before }) => before.customerId)].map(([id, its]) => recount(store, id, its)),
  );
  const changes = [
    ...[change, insert(creditNotes, note), eventOf(creditNoteIssued, note), ...accounts.flat()],
    ...moves.flatMap(({ before, after }) => [update(invoices, before, after), ...closing(before, after, number)]),
  ];
  return { credited, changes };
};
