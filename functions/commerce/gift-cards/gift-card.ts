import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { idOf } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { Day, line } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { giftCodeTaken } from '../errors.ts';

export const GiftCardFields = z.strictObject({
  amount: Money.refine(({ amount }) => amount > 0, { path: ['amount'], message: 'must be above zero' }),
  expiresOn: Day.describe('the last day on which it can be used').optional(),
  reference: line(100).describe('such as the order that it was bought with').optional(),
});

/** What it is worth is the sum of its postings, kept in `left`. The code is known to its bearer only. */
export const GiftCard = z.object({
  id: idOf('giftCard'),
  ...GiftCardFields.shape,
  ending: z.string().describe('the last letters of its code'),
  left: z.int().min(0),
  ...stamps,
});
export type GiftCard = z.output<typeof GiftCard>;

export const StoredGiftCard = GiftCard.extend({ digest: z.string() });
export type StoredGiftCard = z.output<typeof StoredGiftCard>;

export const giftCards = entity('gift-card', StoredGiftCard, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all', shards: 2 } },
  unique: { code: { taken: giftCodeTaken, of: ({ digest }) => digest } },
});

/** A change of what a card is worth, in minor units: positive for issue and refund, negative for redeem. */
export const Posting = z.object({
  cardId: idOf('giftCard'),
  kind: z.enum(['issue', 'redeem', 'refund']),
  reference: z.string(),
  amount: z.int(),
  at: Instant,
  by: z.string(),
});
export type Posting = z.output<typeof Posting>;

export const postings = entity('gift-card-posting', Posting, {
  onErase: 'not-personal',
  key: ({ cardId, kind, reference }: Pick<Posting, 'cardId' | 'kind' | 'reference'>) => ({
    of: ['gift-card', cardId],
    part: `posting#${kind}#${reference}`,
  }),
});

export const postingParts = { from: 'posting#', to: 'posting$' };

export const digestOf = (code: string) => createHash('sha256').update(code).digest('base64url');

// Crockford's base 32: no letters that look like others
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** a code that nobody guesses: 80 random bits */
export const newCode = () => {
  const spelt = Array.from(randomBytes(16), byte => letters[byte % 32]).join('');
  return `GC-${spelt.match(/.{4}/g)?.join('-')}`;
};
