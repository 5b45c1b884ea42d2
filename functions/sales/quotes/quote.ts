import * as z from 'zod';
import { ApprovalState } from '../../../events/approval.ts';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { QuoteState } from '../../../events/quote.ts';
import { PriceFields, PriceReply } from '../../commerce/price/price-routes.ts';
import { Day, line, prose } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';

export const QuoteFields = z.strictObject({
  customerId: CustomerId,
  ...PriceFields.omit({ at: true }).shape,
  validUntil: Day.describe('the last day on which it can be accepted').optional(),
  text: prose(5000).describe('what the document says above the lines').optional(),
});

/** A price that was offered to a customer, as it was on that day; a revision is a quote of its own. */
export const Quote = z.object({
  id: idOf('quote'),
  number: z.string().optional().describe('from the first time that it is sent; a revision keeps it'),
  revision: z.int().min(1),
  customerId: CustomerId,
  state: QuoteState,
  ...PriceReply.omit({ at: true }).shape,
  payments: PriceReply.shape.payments.optional(),
  due: PriceReply.shape.due.optional(),
  pricedAt: Instant,
  validUntil: Day.optional(),
  text: z.string().optional(),
  /** the quote that it is a revision of, and the one that is a revision of it */
  revises: idOf('quote').optional(),
  revisedBy: idOf('quote').optional(),
  acceptedBy: line(200).optional(),
  acceptedAt: Instant.optional(),
  sentAt: Instant.optional(),
  viewedAt: Instant.optional().describe('when its page was first opened'),
  approval: z.object({ id: idOf('approval'), state: ApprovalState }).optional(),
  reason: z.string().optional(),
  orderId: idOf('order').optional(),
  ...stamps,
});
export type Quote = z.output<typeof Quote>;

/** with what was asked: a revision is priced anew */
export const StoredQuote = Quote.extend({ asked: QuoteFields });
export type StoredQuote = z.output<typeof StoredQuote>;

export const quotes = entity('quote', StoredQuote, {
  onMerge: 'follow',
  onErase: ({ acceptedBy: _, text: __, reason: ___, asked: { text: ____, ...asked }, ...quote }) => ({
    left: { ...quote, asked },
  }),
  owner: ({ customerId }) => customerId,
  lists: { all: { by: () => 'all', shards: 2 }, customer: { by: ({ customerId }) => customerId } },
});
