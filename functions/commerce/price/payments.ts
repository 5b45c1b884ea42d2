import { type Exact, exact, leastOf, subtract } from '../../shared/exact.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import type { Store } from '../../shared/store/store.ts';
import { digestOf, giftCards, type StoredGiftCard } from '../gift-cards/gift-card.ts';
import { isExpired } from '../gift-cards/post.ts';
import type { Rules } from './line.ts';

type Card = { code: string; left: Exact };

/** What gift cards pay of an amount, one after the other, and what is due then. */
export const paidBy = (cards: Card[], gross: bigint) => {
  let due = exact(gross);
  const payments = cards.map(({ code, left }) => {
    const amount = leastOf(left, due);
    due = subtract(due, amount);
    return { code, amount: amount.n, left: subtract(left, amount).n };
  });
  return { payments, due: due.n };
};

const faultOf = (card: StoredGiftCard | undefined, { currency, day }: Rules): string | undefined => {
  if (!card) return 'is the code of no gift card, nor of a promotion in force';
  if (isExpired(card, day)) return `is of a gift card that expired on ${card.expiresOn}`;
  return card.amount.currency === currency ? undefined : `is of a gift card in ${card.amount.currency}`;
};

/** the gift cards among the codes: those that no promotion in force has */
export const readCards = async (store: Store, codes: string[], rules: Rules): Promise<Card[]> => {
  const promised = new Set(rules.books.flatMap(({ promotions }) => promotions.map(({ code }) => code)));
  const wanted = codes.map((code, nth) => ({ code, nth })).filter(({ code }) => !promised.has(code));
  const holders = await store.holders(
    wanted.map(({ code }) => ({ entity: giftCards, unique: 'code', value: digestOf(code) })),
  );
  const ids = holders.filter(id => id !== undefined);
  const found = new Map((await store.getByIds(giftCards, ids)).map(card => [card.id as string, card]));
  const cards = wanted.map(({ code, nth }, at) => ({ code, nth, card: found.get(holders[at] ?? '') }));
  const errors: FieldError[] = cards.flatMap(({ card, nth }) => {
    const message = faultOf(card, rules);
    return message ? [{ path: `codes.${nth}`, message }] : [];
  });
  if (errors.length) throw invalid(errors);
  return cards.map(({ code, card }) => ({ code, left: exact(BigInt(card?.left ?? 0)) }));
};
