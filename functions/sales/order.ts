import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { OrderLine, OrderStatus } from '../../events/order.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { Imported } from '../shared/imports/importable.ts';
import { entity } from '../shared/store/entity.ts';

/** What a customer has ordered, as the system that took the order tells it. */
export const Order = z.object({
  id: idOf('order'),
  customerId: CustomerId,
  /** the order's name among people; unique */
  number: z.string(),
  status: OrderStatus,
  lines: z.array(OrderLine),
  total: Money,
  placedAt: Instant,
  ...stamps,
});
export type Order = z.output<typeof Order>;

export const StoredOrder = Order.extend({ imported: Imported.optional() });
export type StoredOrder = z.output<typeof StoredOrder>;

export const orders = entity('order', StoredOrder, {
  onMerge: 'follow',
  onErase: ({ imported: _, ...left }) => ({ left }),
  owner: ({ customerId }) => customerId,
  lists: { all: { by: () => 'all', shards: 4 }, customer: { by: ({ customerId }) => customerId } },
  unique: { number: { code: 'order.number-taken', of: ({ number }) => number } },
  // orders used to be recorded when they were placed
  upcasts: [old => ({ placedAt: old.createdAt, ...old })],
});
