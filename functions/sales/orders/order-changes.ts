import type { Money } from '../../../events/money.ts';
import { orderCancelled, orderChanged, orderCompleted, orderCreated } from '../../../events/order.ts';
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
};

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
  const after = updated(now, before, { status });
  const event = status === 'completed' || status === 'cancelled' ? events[status] : orderChanged;
  return { after, events: [eventOf(event, after, { from })] };
};
