import * as z from 'zod';
import { event, fromCustomer } from './define.ts';
import { Money } from './money.ts';

export const CartLine = z.object({
  sku: z.string(),
  name: z.string(),
  quantity: z.number(),
  price: Money.nullable().describe('of one unit; null where no currency is known'),
});
export type CartLine = z.output<typeof CartLine>;

const CartData = z.object({
  cartId: z.string().nullable().describe('as the shop calls it'),
  lines: z.array(CartLine),
  value: Money.nullable(),
  coupons: z.array(z.string()),
  checkout: z.string().nullable().describe('how far the checkout has come'),
});

const price = { amount: 12_990, currency: 'SGD' };
const example = {
  cartId: 'c-17',
  lines: [{ sku: 'MAT-1', name: 'Floor mats', quantity: 1, price }],
  value: price,
  coupons: [],
  checkout: null,
};

export const cartChanged = event('sales', 'cart.changed', fromCustomer, {
  summary: 'a customer changed a cart, or went on with its checkout',
  data: () => CartData,
  example,
});

export const cartOrdered = event('sales', 'cart.ordered', fromCustomer, {
  summary: 'a customer ordered what is in a cart',
  data: () => CartData.extend({ number: z.string().nullable() }),
  example: { ...example, number: 'A-2026-0117' },
});
