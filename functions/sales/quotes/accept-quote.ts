import { newId } from '../../../events/ids.ts';
import { quoteAccepted, quoteDeclined } from '../../../events/quote.ts';
import { redeemed } from '../../commerce/gift-cards/redeem.ts';
import { namesOf } from '../../commerce/products/read-products.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { eventOf, insert, update } from '../../shared/store/changes.ts';
import type { Changed } from '../../shared/store/records.ts';
import { orders } from '../orders/order.ts';
import { pricedOrder } from '../orders/priced-order.ts';
import { type Quote, quotes, type StoredQuote } from './quote.ts';
import { moved, refuseExpired } from './quote-changes.ts';

export const totalOf = ({ gross: amount, currency }: Quote) => ({ total: { amount, currency } });

/** A quote that is accepted, once: it makes its order, whose number is the id of the quote, and gift cards pay of it. */
export const acceptedQuote = async (before: StoredQuote, name: string, ctx: Ctx): Promise<Changed<StoredQuote>> => {
  const { now, store } = ctx;
  refuseExpired(now, before);
  const orderId = newId('order', now);
  const after = moved(now, before, 'accepted', { acceptedBy: name, acceptedAt: now, orderId });
  const codes = (before.payments ?? []).map(({ code }) => code);
  const [cards, names] = await Promise.all([
    redeemed(codes, { amount: before.gross, reference: orderId }, ctx),
    namesOf(store, after.lines),
  ]);
  const place = { id: orderId, customerId: after.customerId, number: after.id, quoteId: after.id };
  const order = pricedOrder(now, after, names, { ...place, payments: cards.payments });
  const accepted = eventOf(quoteAccepted, after, { ...totalOf(after), orderId });
  const made = [insert(orders, order.after), ...cards.changes];
  return { after, changes: [update(quotes, before, after), ...made, accepted, ...order.events] };
};

export const declinedQuote = (before: StoredQuote, reason: string | undefined, now: string): Changed<StoredQuote> => {
  const after = moved(now, before, 'declined', { reason });
  const declined = eventOf(quoteDeclined, after, { ...totalOf(after), reason: reason ?? null });
  return { after, changes: [update(quotes, before, after), declined] };
};
