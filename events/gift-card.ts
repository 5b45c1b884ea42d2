import * as z from 'zod';
import { byStaff, event } from './define.ts';
import { Money } from './money.ts';

const amount = { amount: 5000, currency: 'SGD' };

export const giftCardIssued = event('sales', 'gift-card.issued', byStaff, {
  summary: 'a gift card was issued',
  data: () => z.object({ amount: Money }),
  example: { amount },
});

export const giftCardPosted = event('sales', 'gift-card.posted', byStaff, {
  summary: 'an amount of a gift card was redeemed or refunded; `left` is what it is worth now',
  data: () => z.object({ kind: z.enum(['redeem', 'refund']), reference: z.string(), amount: Money, left: z.int() }),
  example: { kind: 'redeem', reference: 'ord_01jd5e7k3m9q2r4t6v8w0x1y2z', amount, left: 0 },
});
