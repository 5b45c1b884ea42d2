import * as z from 'zod';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Currency } from '../../../events/money.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { Decimal } from '../../shared/exact.ts';
import { Country, line } from '../../shared/fields.ts';
import { Instant, route } from '../../shared/http/contract.ts';
import { Moment } from '../price-books/price-book.ts';
import { Sku } from '../price-books/price-model.ts';
import { Code } from '../price-books/promotion.ts';
import { Choices } from '../products/options.ts';

export const AskedLine = z.strictObject({
  sku: Sku,
  quantity: Decimal.default(1),
  configuration: z
    .union([idOf('configuration'), Choices], 'must be the id of a configuration, or a value for each option')
    .optional(),
});

export const PriceFields = z.strictObject({
  currency: Currency,
  at: Moment.describe('when the price is to hold (default: now)').optional(),
  country: Country.describe('whose taxes are charged (default: the country of the customer)').optional(),
  region: line(60).optional(),
  channel: line(60).optional(),
  lines: z.array(AskedLine).min(1).max(100),
  codes: z.array(Code).max(20).default([]).describe('of promotions and gift cards'),
});
export type PriceFields = z.output<typeof PriceFields>;

const amount = z.int().describe('in minor units');

const PricedLine = z.object({
  sku: z.string(),
  quantity: Decimal,
  free: z.int().describe('units on top, for nothing'),
  unit: amount.describe('of one unit before discounts, rounded'),
  list: amount.describe('before discounts, with tax or without as the price is stated'),
  discounts: z.array(z.object({ id: z.string(), code: z.string().optional(), amount })),
  net: amount,
  tax: amount,
  gross: amount,
  taxIncluded: z.boolean(),
  taxes: z.array(z.object({ id: z.string(), amount })),
  priceBooks: z.array(z.string()),
  belowFloor: z.boolean().describe('the net amount is below the least that its price book allows'),
  steps: z
    .array(z.object({ kind: z.string(), text: z.string(), amount: z.string().describe('after it, in major units') }))
    .describe('how it came about'),
});

export const PriceReply = z.object({
  currency: z.string(),
  at: Instant,
  country: z.string().nullable(),
  lines: z.array(PricedLine),
  net: amount,
  tax: amount,
  gross: amount,
  belowFloor: z.boolean().describe('whether a line is'),
  promotions: z.array(
    z.object({ promotion: z.string(), code: z.string().optional(), applied: z.boolean(), reason: z.string() }),
  ),
  payments: z.array(z.object({ code: z.string(), amount, left: amount.describe('on the gift card afterwards') })),
  due: amount.describe('what gift cards leave to be paid'),
});
export type PriceReply = z.output<typeof PriceReply>;

const example = {
  currency: 'SGD',
  country: 'SG',
  lines: [{ sku: 'VOLT-7', quantity: 1, configuration: { colour: 'red', battery: 'long-range' } }],
  codes: ['SPRING27'],
};

export const priceRoutes = {
  price: route('POST /v1/price', {
    summary: 'Price lines for a customer, with every step explained; nothing is stored',
    scope: 'sales.read',
    body: PriceFields.extend({ customerId: CustomerId.optional() }),
    reply: PriceReply,
    errors: [customerNotFound],
    example,
  }),
  priceForMe: route('POST /v1/me/price', {
    summary: 'Price lines for the customer who asks',
    auth: 'customer',
    body: PriceFields,
    reply: PriceReply.omit({ belowFloor: true }).extend({ lines: z.array(PricedLine.omit({ belowFloor: true })) }),
    example,
  }),
};
