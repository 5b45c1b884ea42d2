import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { QuoteState } from '../../../events/quote.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { line, prose } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
import { approvalPending, approvalRefused, quoteExpired, quoteNotOpen } from '../errors.ts';
import { Reason } from '../fields.ts';
import { Quote, QuoteFields } from './quote.ts';

const read = { scope: 'sales.read' } as const;
const write = { scope: 'sales.write' } as const;

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
    summary: 'Send a quote: it gets its number and can be accepted; the customer gets a mail with a link to its page',
    ...write,
    body: z.strictObject({ message: prose(2000).describe('what the mail says above the link').optional() }),
    reply: Quote,
    errors: [quoteNotOpen, quoteExpired, approvalPending, approvalRefused],
    example: { message: 'As we agreed on the phone.' },
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
  readQuoteLink: route('GET /v1/quotes/{id}/link', {
    summary: 'Read the link to the page of a quote that was sent, to hand it over in another way',
    ...write,
    reply: z.object({ url: z.url() }),
    errors: [quoteNotOpen],
  }),
  readQuoteDocument: route('GET /v1/quotes/{id}/document', {
    summary: 'Read the document of a quote: an HTML page, or a PDF where the caller accepts `application/pdf`',
    ...read,
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
    orProduces: 'application/pdf',
  }),
};

const { lines: pricedLines } = Quote.shape;

/** a quote as its customer sees it: without floors, and without how prices came about */
export const MyQuote = Quote.omit({ customerId: true, belowFloor: true, approval: true, promotions: true }).extend({
  lines: z.array(pricedLines.element.omit({ belowFloor: true, steps: true, priceBooks: true })),
});

const page = { auth: 'link', reply: z.string(), produces: 'text/html; charset=utf-8' } as const;
const mine = { auth: 'customer', reply: MyQuote } as const;

/** by the signed link that the customer was sent, or by the customer who signed in */
export const customerQuoteRoutes = {
  showQuotePage: route('GET /v1/quote/{token}', { summary: 'Show the page of a quote to its customer', ...page }),
  acceptByForm: route('POST /v1/quote/{token}/accept', {
    summary: 'Accept a quote by the form of its page, with a name',
    ...page,
    rawBody: true, // a form
  }),
  declineByForm: route('POST /v1/quote/{token}/decline', {
    summary: 'Decline a quote by the form of its page',
    ...page,
    rawBody: true, // a form
  }),
  listMyQuotes: route('GET /v1/me/quotes', {
    summary: 'List the quotes that were sent to the customer, latest first',
    auth: 'customer',
    ...lists(MyQuote, { state: QuoteState.optional() }),
  }),
  readMyQuote: route('GET /v1/me/quotes/{id}', { summary: 'Read a quote of the customer’s own', ...mine }),
  acceptMyQuote: route('POST /v1/me/quotes/{id}/accept', {
    summary: 'Accept a quote of the customer’s own',
    ...mine,
    body: z.strictObject({ name: line(200) }),
    errors: [quoteNotOpen, quoteExpired],
    example: { name: 'Ada Tan' },
  }),
  declineMyQuote: route('POST /v1/me/quotes/{id}/decline', {
    summary: 'Decline a quote of the customer’s own',
    ...mine,
    body: z.strictObject({ reason: Reason.optional() }),
    errors: [quoteNotOpen],
    example: { reason: 'too expensive' },
  }),
};
