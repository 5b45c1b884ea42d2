import { giftCardPosted } from '../../../events/gift-card.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { eventOf, insert, update, updated } from '../../shared/store/changes.ts';
import type { Changed } from '../../shared/store/records.ts';
import { giftCardExpired, notEnoughLeft, referenceTaken } from '../errors.ts';
import { giftCards, type Posting, postings, type StoredGiftCard } from './gift-card.ts';

export const isExpired = ({ expiresOn }: Pick<StoredGiftCard, 'expiresOn'>, at: string) =>
  expiresOn !== undefined && expiresOn < at.slice(0, expiresOn.length);

type Post = { kind: 'redeem' | 'refund'; reference: string; amount: number };

/** A posting to a card, once by its kind and reference: `recorded` is the one that is there already. */
export const posted = (
  card: StoredGiftCard,
  { kind, reference, amount }: Post,
  recorded: Posting | undefined,
  { now, actor }: Pick<Ctx, 'now' | 'actor'>,
): Changed<StoredGiftCard> => {
  if (recorded) {
    if (Math.abs(recorded.amount) !== amount) throw referenceTaken();
    return { after: card, changes: [] };
  }
  const signed = kind === 'redeem' ? -amount : amount;
  if (kind === 'redeem' && isExpired(card, now)) throw giftCardExpired();
  if (card.left + signed < 0)
    throw notEnoughLeft(`The gift card has ${card.left} left.`, { extra: { left: card.left } });
  const after = updated(now, card, { left: card.left + signed });
  const { currency } = card.amount;
  return {
    after,
    changes: [
      update(giftCards, card, after),
      insert(postings, { cardId: card.id, kind, reference, amount: signed, at: now, by: actor }),
      eventOf(giftCardPosted, after, { kind, reference, amount: { amount, currency } }),
    ],
  };
};
