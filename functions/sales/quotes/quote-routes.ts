import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { QuoteState } from '../../../events/quote.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { line } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
import { quoteExpired, quoteNotOpen } from '../errors.ts';
import { Reason } from '../fields.ts';
import { Quote, QuoteFields } from './quote.ts';

const read = { scope: 'sales.read' } as const;
const write = { scope: 'sales.write' } as const;
const empty = z.strictObject({});

const { validUntil, text, codes, lines, country, region, channel } = QuoteFields.shape;

export const quoteRoutes = {
  createQuote: route('POST /v1/quotes', {
    summary: 'Create a quote: lines at the price that they have for the customer now',
    ...write,
    body: QuoteFields,
    reply: Quote,
    ...creates('/v1/quotes'),
    errors: [customerNotFound],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      currency: 'SGD',
      country: 'SG',
      lines: [{ sku: 'VOLT-7', quantity: 2 }],
      validUntil: '2027-01-31',
    },
  }),
  findQuotes: route('GET /v1/quotes', {
    summary: 'List quotes, latest first, by customer or state',
    ...read,
    ...lists(Quote, { customerId: CustomerId.optional(), state: QuoteState.optional() }),
  }),
  readQuote: route('GET /v1/quotes/{id}', { summary: 'Read a quote', ...read, reply: Quote }),
  sendQuote: route('POST /v1/quotes/{id}/send', {
    summary: 'Mark a quote as sent: it can be accepted from now on',
    ...write,
    body: empty,
    reply: Quote,
    errors: [quoteNotOpen],
    example: {},
  }),
  acceptQuote: route('POST /v1/quotes/{id}/accept', {
    summary: 'Accept a quote that was sent, once; it makes an order',
    ...write,
    body: z.strictObject({ name: line(200).describe('who accepted it') }),
    reply: Quote,
    errors: [quoteNotOpen, quoteExpired],
    example: { name: 'Ada Tan' },
  }),
  declineQuote: route('POST /v1/quotes/{id}/decline', {
    summary: 'Decline a quote that was sent',
    ...write,
    body: z.strictObject({ reason: Reason.optional() }),
    reply: Quote,
    errors: [quoteNotOpen],
    example: { reason: 'too expensive' },
  }),
  reviseQuote: route('POST /v1/quotes/{id}/revise', {
    summary: 'Revise a quote: a new one at today’s price, with what is given in place of what it had',
    ...write,
    body: z.strictObject({
      lines: lines.optional(),
      codes: codes.unwrap().optional(),
      ...{ country, region, channel, validUntil, text },
    }),
    reply: Quote,
    ...creates('/v1/quotes'),
    errors: [quoteNotOpen],
    example: { lines: [{ sku: 'VOLT-7', quantity: 3 }] },
  }),
  readQuoteDocument: route('GET /v1/quotes/{id}/document', {
    summary: 'Read the document of a quote, an HTML page that prints on paper',
    ...read,
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
  }),
};
