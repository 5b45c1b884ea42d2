import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { OrderLine, OrderStatus } from '../../events/order.ts';
import { HappenedAt } from '../shared/events/as-of.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Order } from './order.ts';

/** lines of an order */
export const mostLines = 200;

const price = { amount: 12_990_000, currency: 'SGD' };

/** what is said of an order */
export const OrderFields = z.strictObject({
  customerId: CustomerId,
  number: z.string().trim().min(1).max(100),
  lines: z.array(OrderLine).min(1).max(mostLines),
  total: Money,
  status: OrderStatus.default('placed'),
  placedAt: HappenedAt.optional().describe(
    'of an order that is told of later: it stands on the timeline at that time, and sets off no trigger once that is two days ago',
  ),
});

/** what a customer sees of its orders */
export const MyOrder = Order.omit({ customerId: true });

export const orderRoutes = {
  createOrder: route('POST /v1/orders', {
    summary: 'Record an order of a customer',
    scope: 'sales.write',
    body: OrderFields,
    reply: Order,
    status: 201,
    location: ({ id }) => `/v1/orders/${id}`,
    errors: ['customer.not-found', 'order.number-taken'],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      number: 'A-2026-0117',
      lines: [{ sku: 'VOLT-7', name: 'Auto Volt 7', quantity: 1, price }],
      total: price,
    },
  }),
  findOrders: route('GET /v1/orders', {
    summary: 'Orders, latest first; those of one customer, by status',
    scope: 'sales.read',
    query: z.strictObject({ customerId: CustomerId.optional(), status: OrderStatus.optional(), ...paging }),
    reply: page(Order),
  }),
  listMyOrders: route('GET /v1/me/orders', {
    summary: 'A customer’s own orders, latest first',
    auth: 'customer',
    query: z.strictObject(paging),
    reply: page(MyOrder),
  }),
  readOrder: route('GET /v1/orders/{id}', { summary: 'Read an order', scope: 'sales.read', reply: Order }),
  changeOrder: route('PATCH /v1/orders/{id}', {
    summary: 'Tell that an order has another status (JSON Merge Patch)',
    scope: 'sales.write',
    body: z.strictObject({ status: OrderStatus }),
    reply: Order,
    errors: ['order.closed'],
    example: { status: 'completed' },
  }),
};
