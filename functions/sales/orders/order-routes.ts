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

const Fields = z.strictObject({
  customerId: CustomerId,
  number: line(100),
  lines: z.array(OrderLine).min(1).max(200),
  shipping: Money.optional().describe('what is charged for delivery, where the lines do not have it'),
  tax: Money.optional().describe('the tax, where the prices of the lines do not have it'),
  total: Money.describe('in the currency of its lines; less than their sum where there are discounts'),
  coupon: line(100).describe('the code that a discount was given for').optional(),
  status: OrderStatus.default('placed'),
  placedAt: PastInstant,
});

/** a total may be below its parts, by discounts; above the lines it is by shipping and tax, if these are not stated at most by half */
export const OrderFields = Fields.superRefine(({ lines, shipping, tax, total }, issues) => {
  const refuse = (part: string, message: string) => issues.addIssue({ code: 'custom', path: [part], message });
  const { currency } = total;
  const sum = lines.reduce((all, { quantity, price }) => all + quantity * price.amount, 0);
  const isStated = shipping !== undefined || tax !== undefined;
  const most = isStated ? sum + (shipping?.amount ?? 0) + (tax?.amount ?? 0) : Math.floor(sum * 1.5);
  if (lines.some(({ price }) => price.currency !== currency)) refuse('total', 'is not in the currency of the lines');
  else if (shipping && shipping.currency !== currency) refuse('shipping', 'is not in the currency of the total');
  else if (tax && tax.currency !== currency) refuse('tax', 'is not in the currency of the total');
  else if (total.amount > most)
    refuse(
      'total',
      `is more than the lines, shipping and tax, which are ${most} at most: check the lines, or set shipping and tax`,
    );
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
