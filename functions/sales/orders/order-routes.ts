import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { OrderLine, OrderStatus } from '../../../events/order.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { line } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
import { orderClosed, orderNumberTaken } from '../errors.ts';
import { PastInstant } from '../fields.ts';
import { Order } from './order.ts';

const price = { amount: 12_990_000, currency: 'SGD' };

export const OrderFields = z.strictObject({
  customerId: CustomerId,
  number: line(100),
  lines: z.array(OrderLine).min(1).max(200),
  total: Money,
  status: OrderStatus.default('placed'),
  placedAt: PastInstant,
});

/** an order as its customer sees it */
const MyOrder = Order.omit({ customerId: true });

export const orderRoutes = {
  createOrder: route('POST /v1/orders', {
    summary: 'Record an order of a customer',
    scope: 'sales.write',
    body: OrderFields,
    reply: Order,
    ...creates('/v1/orders'),
    errors: [customerNotFound, orderNumberTaken],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      number: 'A-2026-0117',
      lines: [{ sku: 'VOLT-7', name: 'Auto Volt 7', quantity: 1, price }],
      total: price,
    },
  }),
  findOrders: route('GET /v1/orders', {
    summary: 'List orders, newest first, by customer or status',
    scope: 'sales.read',
    ...lists(Order, { customerId: CustomerId.optional(), status: OrderStatus.optional() }),
  }),
  listMyOrders: route('GET /v1/me/orders', {
    summary: 'List the customer’s own orders, newest first',
    auth: 'customer',
    ...lists(MyOrder),
  }),
  readOrder: route('GET /v1/orders/{id}', { summary: 'Read an order', scope: 'sales.read', reply: Order }),
  changeOrder: route('PATCH /v1/orders/{id}', {
    summary: 'Update the status of an order (JSON Merge Patch)',
    scope: 'sales.write',
    body: z.strictObject({ status: OrderStatus }),
    reply: Order,
    errors: [orderClosed],
    example: { status: 'completed' },
  }),
};
