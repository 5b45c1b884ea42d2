import * as z from 'zod';
import { Money } from '../../../events/money.ts';
import { line } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
import { giftCardExpired, notEnoughLeft, referenceTaken } from '../errors.ts';
import { Code } from '../price-books/promotion.ts';
import { GiftCard, GiftCardFields, Posting } from './gift-card.ts';

const read = { scope: 'finance.read' } as const;
const reference = line(100).describe('identifies the posting, such as the id of an order: it is posted once');

export const giftCardRoutes = {
  issueGiftCard: route('POST /v1/gift-cards', {
    summary: 'Issue a gift card; only this reply has its code',
    scope: 'finance.write',
    body: GiftCardFields,
    reply: GiftCard.extend({ code: z.string() }),
    ...creates('/v1/gift-cards'),
    example: { amount: { amount: 5000, currency: 'SGD' }, expiresOn: '2029-12-31' },
  }),
  listGiftCards: route('GET /v1/gift-cards', { summary: 'List gift cards, latest first', ...read, ...lists(GiftCard) }),
  readGiftCard: route('GET /v1/gift-cards/{id}', {
    summary: 'Read a gift card and what is left of it',
    ...read,
    reply: GiftCard,
  }),
  listPostings: route('GET /v1/gift-cards/{id}/postings', {
    summary: 'List the postings of a gift card; their sum is what is left',
    ...read,
    ...lists(Posting),
  }),
  redeemGiftCard: route('POST /v1/gift-cards/redeem', {
    summary: 'Redeem an amount of a gift card by its code, once by reference; the same again changes nothing',
    scope: 'sales.write',
    body: z.strictObject({ code: Code, amount: Money, reference }),
    reply: GiftCard,
    errors: [referenceTaken, notEnoughLeft, giftCardExpired],
    example: { code: 'GC-7Q2M-0XKD-91VB-TW4E', amount: { amount: 1500, currency: 'SGD' }, reference: 'A-2026-0117' },
  }),
  refundGiftCard: route('POST /v1/gift-cards/{id}/refund', {
    summary: 'Put back what was redeemed under a reference, once',
    scope: 'finance.write',
    body: z.strictObject({ reference }),
    reply: GiftCard,
    example: { reference: 'A-2026-0117' },
  }),
};
