import { issuedCredit } from '../../billing/issue-credit.ts';
import { putBack } from '../../commerce/gift-cards/redeem.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Change } from '../../shared/store/changes.ts';
import { creditableOf } from './fulfil.ts';
import type { Order, StoredOrder } from './order.ts';

type Payment = NonNullable<Order['payments']>[number];

/** what a gift card gets back of what it paid: the share that is refunded of the total, at the end all of it */
export const backOf = (
  { status, total, refunded }: Pick<Order, 'status' | 'total' | 'refunded'>,
  { amount }: Payment,
) => {
  if (status === 'cancelled' || !total.amount) return amount;
  return Number((BigInt(amount) * BigInt(refunded?.amount ?? 0)) / BigInt(total.amount));
};

/** An order of which units were given back, with what gift cards get back, and a credit note for what was billed too much. */
export const settled = async (
  order: StoredOrder,
  reason: string | undefined,
  ctx: Ctx,
): Promise<{ after: StoredOrder; changes: Change[] }> => {
  const { id, customerId, total, status, version, payments = [], invoices = [] } = order;
  const owed = payments.map(one => ({ ...one, back: Math.max(0, backOf(order, one) - (one.refunded ?? 0)) }));
  const backs = owed.flatMap(({ back, ...one }) => (back ? [{ ...one, amount: back }] : []));
  const reference = status === 'cancelled' ? id : `${id}.${version}`;
  const refunded = owed.map(({ back, ...one }) => (back ? { ...one, refunded: (one.refunded ?? 0) + back } : one));
  const after = payments.length ? { ...order, payments: refunded } : order;
  const amount = creditableOf(after);
  const credit = { customerId, orderId: id, reason, total: { ...total, amount }, of: invoices };
  const [cards, note] = await Promise.all([
    putBack(backs, reference, ctx),
    amount ? issuedCredit(credit, ctx) : { credited: 0, changes: [] },
  ]);
  const credited = { ...total, amount: (order.credited?.amount ?? 0) + note.credited };
  return { after: note.credited ? { ...after, credited } : after, changes: [...cards, ...note.changes] };
};
