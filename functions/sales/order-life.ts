import { orderCancelled, orderChanged, orderCompleted, orderCreated } from '../../events/order.ts';
import { asOf } from '../shared/events/as-of.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { created, type Emitted, emit, updated } from '../shared/store/changes.ts';
import type { Order, StoredOrder } from './order.ts';

/** what events of an order tell of it */
const told = ({ number, status, total, lines }: Order) => ({ number, status, total, lines });

type Recording = Pick<Order, 'id' | 'customerId' | 'number' | 'status' | 'lines' | 'total'> & {
  placedAt?: string | undefined;
};

/** an order that is heard of for the first time, and what is said of it as of when it was placed */
export const recorded = (now: string, { placedAt = now, ...given }: Recording) => {
  const order: StoredOrder = created(now, { ...given, placedAt });
  const { id: about, customerId } = order;
  const said = { customerId, about, data: told(order), ...asOf(now, placedAt) };
  const done = order.status === 'completed' ? [emit(orderCompleted, said)] : [];
  return { order, said: [emit(orderCreated, said), ...done] };
};

const changedTo = { completed: orderCompleted, cancelled: orderCancelled } as const;

/** an order at another status; one that is completed or cancelled stays so */
export const became = (
  now: string,
  before: StoredOrder,
  status: Order['status'],
): { order: StoredOrder; said: Emitted[] } => {
  if (status === before.status) return { order: before, said: [] };
  if (before.status === 'completed' || before.status === 'cancelled') {
    throw new ApiError('conflict', 'order.closed', `this order is ${before.status}`);
  }
  const order = updated(now, before, { status });
  const { id: about, customerId } = order;
  const event = status === 'completed' || status === 'cancelled' ? changedTo[status] : orderChanged;
  return { order, said: [emit(event, { customerId, about, data: { ...told(order), from: before.status } })] };
};
