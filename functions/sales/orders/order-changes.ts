import type { Money } from '../../../events/money.ts';
import { orderCancelled, orderChanged, orderCompleted, orderCreated, orderRefunded } from '../../../events/order.ts';
import { asOf } from '../../shared/events/as-of.ts';
import { created, eventOf, updated } from '../../shared/store/changes.ts';
import { orderClosed } from '../errors.ts';
import type { Changed } from '../fields.ts';
import type { Order, StoredOrder } from './order.ts';

type NewOrder = Pick<Order, 'id' | 'customerId' | 'number' | 'status' | 'lines' | 'total'> & {
  placedAt?: string | undefined;
  shipping?: Money | undefined;
  tax?: Money | undefined;
  coupon?: string | undefined;
} & Partial<Pick<Order, 'payments' | 'due' | 'quoteId'>>;

export const newOrder = (now: string, { placedAt = now, ...fields }: NewOrder): Changed<StoredOrder> => {
  const after: StoredOrder = created(now, { ...fields, placedAt });
  const events = [
    eventOf(orderCreated, after),
    ...(after.status === 'completed' ? [eventOf(orderCompleted, after)] : []),
  ];
  return { after, events: events.map(event => ({ ...event, ...asOf(now, placedAt) })) };
};

const events = { completed: orderCompleted, cancelled: orderCancelled } as const;

/** an order at another status; a completed one may still be cancelled, such as after a refund, and a cancelled one stays so */
export const changedOrder = (now: string, before: StoredOrder, status: Order['status']): Changed<StoredOrder> => {
  const from = before.status;
  if (status === from) return { after: before, events: [] };
  if (from === 'cancelled' || (from === 'completed' && status !== 'cancelled'))
    throw orderClosed(`The order is ${from} and cannot change.`);
  if (from === 'partlyDelivered' || (from === 'delivered' && status !== 'completed'))
    throw orderClosed(`The order is ${from}: deliver, cancel or return units of it.`);
  const after = updated(now, before, { status });
  const event = status === 'completed' || status === 'cancelled' ? events[status] : orderChanged;
  return { after, events: [eventOf(event, after, { from })] };
};

type Contents = Pick<StoredOrder, 'lines' | 'total' | 'shipping' | 'tax' | 'coupon' | 'reportedAt'>;

/** an order with other contents; a cancelled one stays as it is */
export const amendedOrder = (now: string, before: StoredOrder, contents: Contents): Changed<StoredOrder> => {
  if (before.status === 'cancelled') return { after: before, events: [] };
  const after = updated(now, before, contents);
  return { after, events: [eventOf(orderChanged, after, { from: before.status })] };
};

/** an order of which an amount was paid back, at most what is left; one that was paid back whole is cancelled */
export const refundedOrder = (now: string, before: StoredOrder, given: Money | undefined): Changed<StoredOrder> => {
  const { total, status: from } = before;
  const past = before.refunded?.amount ?? 0;
  const left = total.amount - past;
  const amount = { ...total, amount: Math.min(left, given?.amount ?? left) };
  if (from === 'cancelled' || (given && !amount.amount && left)) return { after: before, events: [] };
  const refunded = { ...total, amount: past + amount.amount };
  const isWhole = refunded.amount === total.amount;
  const after = updated(now, before, { refunded, ...(isWhole ? { status: 'cancelled' } : {}) });
  const events = [eventOf(orderRefunded, after, { amount, refunded })];
  return { after, events: isWhole ? [...events, eventOf(orderCancelled, after, { from })] : events };
};
