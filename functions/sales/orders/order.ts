import * as z from 'zod';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { OrderLine, OrderStatus } from '../../../events/order.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { Imported } from '../../shared/imports/importable.ts';
import { entity } from '../../shared/store/entity.ts';
import { orderNumberTaken } from '../errors.ts';

/** An order of a customer, as the system that took it reports it. */
export const Order = z.object({
  id: idOf('order'),
  customerId: CustomerId,
  /** the number that people use; unique */
  number: z.string(),
  status: OrderStatus,
  lines: z.array(OrderLine),
  /** what the total has besides the lines */
  shipping: Money.optional(),
  tax: Money.optional(),
  total: Money,
  coupon: z.string().optional(),
  refunded: Money.optional().describe('the sum of its refunds'),
  placedAt: Instant,
  ...stamps,
});
export type Order = z.output<typeof Order>;

export const StoredOrder = Order.extend({
  imported: Imported.optional(),
  /** when its contents last were as a tracker reports them: an older report does not replace them */
  reportedAt: Instant.optional(),
});
export type StoredOrder = z.output<typeof StoredOrder>;

export const orders = entity('order', StoredOrder, {
  onMerge: 'follow',
  onErase: ({ imported: _, ...left }) => ({ left }),
  owner: ({ customerId }) => customerId,
  lists: { all: { by: () => 'all', shards: 4 }, customer: { by: ({ customerId }) => customerId } },
  fact: { record: 'order', shown: Order },
  unique: { number: { taken: orderNumberTaken, of: ({ number }) => number } },
  upcasts: [old => ({ placedAt: old.createdAt, ...old })],
});
