import * as z from 'zod';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { Fulfilled, OrderLine, OrderStatus } from '../../../events/order.ts';
import { Day } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { Imported } from '../../shared/imports/importable.ts';
import { entity } from '../../shared/store/entity.ts';
import { orderNumberTaken } from '../errors.ts';

const Line = z.object({
  ...OrderLine.shape,
  ...Fulfilled,
  amount: z.int().optional().describe('what it comes to with discounts and tax, in minor units, where that is known'),
});

/** what a gift card paid */
const Payment = z.object({
  giftCardId: idOf('giftCard'),
  ending: z.string(),
  amount: z.int().min(1),
  refunded: z.int().optional(),
});

/** An order of a customer, as the system that took it reports it, or as a quote or its prices make it. */
export const Order = z.object({
  id: idOf('order'),
  customerId: CustomerId,
  /** the number that people use; unique */
  number: z.string(),
  status: OrderStatus,
  lines: z.array(Line),
  /** what the total has besides the lines */
  shipping: Money.optional(),
  tax: Money.optional(),
  total: Money,
  coupon: z.string().optional(),
  refunded: Money.optional().describe('the sum of its refunds'),
  payments: z.array(Payment).optional().describe('by gift cards'),
  due: Money.optional().describe('what they leave to be paid'),
  invoiced: Money.optional().describe('the sum of the invoices that were issued from it'),
  invoices: z.array(idOf('invoice')).optional().describe('those invoices'),
  credited: Money.optional().describe('the sum of their credit notes'),
  restExpectedOn: Day.optional().describe('when what is still to be delivered is expected'),
  quoteId: idOf('quote').optional(),
  placedAt: Instant,
  ...stamps,
});
export type Order = z.output<typeof Order>;

const none = z.int().default(0);

/** with what became of each line */
export const ShownOrder = Order.extend({
  lines: z.array(Line.extend({ delivered: none, returned: none, cancelled: none })),
});

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
