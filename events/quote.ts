import * as z from 'zod';
import { byCustomer, byStaff, bySystem, event, fromCustomer, internal } from './define.ts';
import { Money } from './money.ts';

export const QuoteState = z.enum(['draft', 'sent', 'accepted', 'declined', 'revised', 'expired']);

const Data = z.object({
  revision: z.int(),
  state: QuoteState,
  total: Money,
  belowFloor: z.boolean(),
  number: z.string().optional(),
});
const example = {
  revision: 1,
  state: 'draft',
  total: { amount: 12_990_000, currency: 'SGD' },
  belowFloor: false,
} as const;

export const quoteCreated = event('sales', 'quote.created', byStaff, {
  summary: 'a quote was created, or a new revision of one',
  data: () => Data,
  example,
});

export const quoteSent = event('sales', 'quote.sent', byStaff, {
  summary: 'a quote was sent to its customer',
  contact: 'out',
  data: () => Data,
  example: { ...example, state: 'sent' },
});

export const quoteAccepted = event('sales', 'quote.accepted', fromCustomer, {
  summary: 'a quote was accepted; it makes an order',
  data: () => Data.extend({ orderId: z.string() }),
  example: { ...example, state: 'accepted', orderId: 'ord_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const quoteDeclined = event('sales', 'quote.declined', fromCustomer, {
  summary: 'a quote was declined',
  data: () => Data.extend({ reason: z.string().nullable() }),
  example: { ...example, state: 'declined', reason: 'too expensive' },
});

export const quoteViewed = event('sales', 'quote.viewed', byCustomer, {
  summary: 'a customer opened the page of a quote for the first time',
  data: () => Data,
  example: { ...example, state: 'sent' },
});

export const quoteExpired = event('sales', 'quote.expired', bySystem, {
  summary: 'the last day has passed on which a quote could be accepted',
  data: () => Data,
  example: { ...example, state: 'expired' },
});

export const quoteDue = event('timers', 'quote.due', internal, {
  summary: 'the last day on which a quote can be accepted is over',
  data: () => z.object({ validUntil: z.iso.date() }),
  example: { validUntil: '2027-01-31' },
});
