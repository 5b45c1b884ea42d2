import * as z from 'zod';
import { byStaff, bySystem, event, forTriggers, fromCustomer, internal } from './define.ts';
import { Money } from './money.ts';

/** what staff and other systems state; the others follow from deliveries */
export const StatedStatus = z.enum(['placed', 'confirmed', 'shipped', 'completed', 'cancelled']);

export const OrderStatus = z.enum([...StatedStatus.options, 'partlyDelivered', 'delivered']);

export const OrderLine = z.strictObject({
  sku: z.string().trim().min(1).max(100),
  name: z.string().trim().min(1).max(200),
  quantity: z.int().min(1).max(1_000_000),
  /** of one unit */
  price: Money,
});

const units = z.int().min(0);

/** what became of the units of a line */
export const Fulfilled = { delivered: units.optional(), returned: units.optional(), cancelled: units.optional() };

const OrderData = z.object({
  number: z.string(),
  status: OrderStatus,
  total: Money,
  lines: z.array(z.object({ ...OrderLine.shape, ...Fulfilled })),
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

/** the units of an article that a step is about */
const Units = z.object({ sku: z.string(), quantity: z.int().min(1) });
const oneUnit = [{ sku: 'VOLT-7', quantity: 1 }];

export const orderDelivered = event('sales', 'order.delivered', byStaff, {
  summary: 'units of an order were delivered; `open`: those that are still to come',
  data: () => OrderData.extend({ units: z.array(Units), open: z.int().min(0) }),
  example: { ...example, lines: [{ ...line, delivered: 1 }], status: 'delivered', units: oneUnit, open: 0 },
});

export const orderReturned = event('sales', 'order.returned', byStaff, {
  summary: 'delivered units of an order were returned; `order.refunded` has what is paid back',
  data: () => OrderData.extend({ units: z.array(Units), reason: z.string().nullable() }),
  example: {
    ...{ ...example, lines: [{ ...line, delivered: 1, returned: 1 }], status: 'delivered' },
    ...{ units: oneUnit, reason: 'the wrong colour' },
  },
});

export const orderPartCancelled = event('sales', 'order.part-cancelled', byStaff, {
  summary: 'units of an order that were not delivered were cancelled; the others stay ordered',
  data: () => OrderData.extend({ units: z.array(Units), reason: z.string().nullable() }),
  example: { ...example, lines: [{ ...line, cancelled: 1 }], units: oneUnit, reason: null },
});

export const orderLate = event('sales', 'order.late', bySystem, {
  summary: 'the day has passed on which the rest of an order was expected',
  data: () => OrderData.extend({ restExpectedOn: z.iso.date(), open: z.int() }),
  example: { ...example, lines: [line], restExpectedOn: '2026-12-15', open: 1 },
});

export const orderSettingsChanged = event('admin', 'order-settings.changed', forTriggers, {
  summary: 'a company set when orders are billed',
  data: () => z.object({ invoice: z.enum(['onDelivery', 'onRequest']), dueIn: z.string() }),
  example: { invoice: 'onDelivery', dueIn: 'P14D' },
});

export const orderRestDue = event('timers', 'order.rest-due', internal, {
  summary: 'the day on which the rest of an order is expected is over',
  data: () => z.object({ restExpectedOn: z.iso.date() }),
  example: { restExpectedOn: '2026-12-15' },
});
