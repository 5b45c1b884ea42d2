import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { OrderLine, OrderStatus, StatedStatus } from '../../../events/order.ts';
import { notEnoughLeft } from '../../commerce/errors.ts';
import { AskedLine, PriceFields } from '../../commerce/price/price-routes.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { Day, line } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
import { creditExceeded, nothingToBill, orderClosed, orderNumberTaken } from '../errors.ts';
import { PastInstant, Reason } from '../fields.ts';
import { ShownOrder } from './order.ts';
import { OrderRules, OrderSettings } from './order-settings.ts';

const price = { amount: 12_990_000, currency: 'SGD' };

const Fields = z.strictObject({
  customerId: CustomerId,
  number: line(100),
  lines: z.array(OrderLine).min(1).max(200),
  shipping: Money.optional().describe('what is charged for delivery, where the lines do not have it'),
  tax: Money.optional().describe('the tax, where the prices of the lines do not have it'),
  total: Money.describe('in the currency of its lines; less than their sum where there are discounts'),
  coupon: line(100).describe('the code that a discount was given for').optional(),
  status: StatedStatus.default('placed'),
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

const { currency, country, region, channel, codes } = PriceFields.shape;
const priced = { currency: currency.optional(), country, region, channel, codes: codes.unwrap().optional() };

const lineParts = OrderLine.partial({ name: true, price: true, quantity: true }).shape;

/** what follows from the prices, and what a reported order has to have */
const stated = ['total', 'shipping', 'tax', 'coupon', 'placedAt'] as const;

const follows = 'follows from the prices: leave it out, or leave out currency';

/** An order that was taken elsewhere, with its total; or, with a currency instead, one at the prices of the catalogue. */
const NewOrderFields = z
  .strictObject({
    ...Fields.partial({ number: true, total: true }).shape,
    ...priced,
    currency: currency.optional().describe('in place of a total: the order is priced from the price books'),
    lines: z
      .array(z.strictObject({ ...lineParts, configuration: AskedLine.shape.configuration }))
      .min(1)
      .max(200),
  })
  .superRefine((given, issues) => {
    const refuse = (path: (string | number)[], message: string) => issues.addIssue({ code: 'custom', path, message });
    const parts = given.lines.map((line, nth) => ({ line, nth }));
    if (given.currency === undefined) {
      for (const name of Object.keys(priced)) if (name in given) refuse([name], 'is only for an order with a currency');
      for (const { line, nth } of parts)
        if (line.configuration) refuse(['lines', nth, 'configuration'], 'is only for an order with a currency');
      return;
    }
    for (const name of stated) if (given[name] !== undefined) refuse([name], follows);
    if (given.status !== 'placed') refuse(['status'], 'must be placed, where the order is priced here');
    for (const { line, nth } of parts)
      for (const name of ['name', 'price'] as const)
        if (line[name] !== undefined) refuse(['lines', nth, name], follows);
  });

const Units = z.strictObject({ sku: OrderLine.shape.sku, quantity: OrderLine.shape.quantity });
const units = z.array(Units).min(1).max(200);

const command = { scope: 'sales.write' as const, reply: ShownOrder, errors: [orderClosed] };
const oneUnit = [{ sku: 'VOLT-7', quantity: 1 }];

/** an order as its customer sees it */
export const MyOrder = ShownOrder.omit({ customerId: true });

export const orderRoutes = {
  createOrder: route('POST /v1/orders', {
    summary: 'Record an order of a customer',
    scope: 'sales.write',
    body: NewOrderFields,
    reply: ShownOrder,
    ...creates('/v1/orders'),
    errors: [customerNotFound, orderNumberTaken, creditExceeded, notEnoughLeft],
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
    ...lists(ShownOrder, { customerId: CustomerId.optional(), status: OrderStatus.optional() }),
  }),
  listMyOrders: route('GET /v1/me/orders', {
    summary: 'List the customer’s own orders, newest first',
    auth: 'customer',
    ...lists(MyOrder),
  }),
  readOrder: route('GET /v1/orders/{id}', { summary: 'Read an order', scope: 'sales.read', reply: ShownOrder }),
  changeOrder: route('PATCH /v1/orders/{id}', {
    summary: 'Update the status of an order (JSON Merge Patch)',
    scope: 'sales.write',
    body: z.strictObject({ status: StatedStatus }),
    reply: ShownOrder,
    errors: [orderClosed],
    example: { status: 'completed' },
  }),
  deliverOrder: route('POST /v1/orders/{id}/deliver', {
    summary: 'Record that units of an order were delivered, by default all that are open; the rest is on back-order',
    ...command,
    body: z.strictObject({
      lines: units.optional(),
      restExpectedOn: Day.describe('when the rest is expected; past that day the order is late').optional(),
    }),
    errors: [orderClosed, creditExceeded],
    example: { lines: oneUnit },
  }),
  cancelOrder: route('POST /v1/orders/{id}/cancel', {
    summary: 'Cancel what is not delivered of an order, by default all of it; gift cards get back what they paid',
    ...command,
    body: z.strictObject({ lines: units.optional(), reason: Reason.optional() }),
    example: { reason: 'out of stock' },
  }),
  returnOrder: route('POST /v1/orders/{id}/return', {
    summary:
      'Record that delivered units came back; their exact share of the total is refunded: to gift cards what they paid of it, by a credit note what was billed',
    ...command,
    body: z.strictObject({ lines: units.optional(), reason: Reason.optional() }),
    example: { lines: oneUnit, reason: 'the wrong colour' },
  }),
  invoiceOrder: route('POST /v1/orders/{id}/invoice', {
    summary: 'Issue an invoice for what was delivered and not billed yet',
    ...command,
    body: z.strictObject({ dueOn: Day.optional() }),
    also: ['finance.write'],
    errors: [nothingToBill],
    example: { dueOn: '2027-01-15' },
  }),
  readOrderSettings: route('GET /v1/settings/orders', {
    summary: 'Read when orders are billed',
    scope: 'settings.read',
    reply: OrderSettings,
  }),
  putOrderSettings: route('PUT /v1/settings/orders', {
    summary: 'Set when orders are billed: with each delivery, or on request; and how long customers have to pay',
    scope: 'settings.admin',
    body: OrderRules,
    reply: OrderSettings,
    example: { invoice: 'onDelivery', dueIn: 'P14D' },
  }),
};
