import * as z from 'zod';
import { byStaff, event, fromCustomer } from './define.ts';
import { Money } from './money.ts';

export const OrderStatus = z.enum(['placed', 'confirmed', 'shipped', 'completed', 'cancelled']);

export const OrderLine = z.strictObject({
  sku: z.string().trim().min(1).max(100),
  name: z.string().trim().min(1).max(200),
  quantity: z.int().min(1).max(1_000_000),
  /** of one unit */
  price: Money,
});

const OrderData = z.object({
  number: z.string(),
  status: OrderStatus,
  total: Money,
  lines: z.array(OrderLine),
  refunded: Money.optional(),
});

const price = { amount: 12_990_000, currency: 'SGD' };
const line = { sku: 'VOLT-7', name: 'Auto Volt 7', quantity: 1, price };
const example = { number: 'A-2026-0117', status: 'placed', total: price, lines: [line] } as const;

export const orderCreated = event('sales', 'order.created', fromCustomer, {
  summary: 'an order was recorded',
  data: () => OrderData,
  example: { ...example, lines: [line] },
});

export const orderChanged = event('sales', 'order.changed', byStaff, {
  summary: 'an order or its status was changed',
  data: () => OrderData.extend({ from: OrderStatus }),
  example: { ...example, lines: [line], status: 'shipped', from: 'confirmed' },
});

export const orderCompleted = event('sales', 'order.completed', byStaff, {
  summary: 'an order was completed',
  data: () => OrderData,
  example: { ...example, lines: [line], status: 'completed' },
});

export const orderCancelled = event('sales', 'order.cancelled', byStaff, {
  summary: 'an order was cancelled',
  data: () => OrderData.extend({ from: OrderStatus }),
  example: { ...example, lines: [line], status: 'cancelled', from: 'placed' },
});

export const orderRefunded = event('sales', 'order.refunded', byStaff, {
  summary: 'an order was refunded, as a whole or in part; `refunded` is the sum of all refunds',
  data: () => OrderData.extend({ amount: Money, refunded: Money }),
  example: { ...example, lines: [line], status: 'completed', amount: price, refunded: price },
});
