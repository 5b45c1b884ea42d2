import type { Ctx } from '../../shared/http/context.ts';
import type { Change } from '../../shared/store/changes.ts';
import { digestOf, giftCards, postings, type StoredGiftCard } from './gift-card.ts';
import { isExpired, posted } from './post.ts';

type Paid = { giftCardId: StoredGiftCard['id']; ending: string; amount: number };

/** What gift cards pay of an amount by what is left on them now, once under a reference, and the changes of the cards. */
export const redeemed = async (
  codes: string[],
  { amount, reference }: { amount: number; reference: string },
  ctx: Ctx,
): Promise<{ payments: Paid[]; due: number; changes: Change[] }> => {
  let due = amount;
  const payments: Paid[] = [];
  const changes: Change[] = [];
  const cards = await Promise.all(codes.map(code => ctx.store.getBy(giftCards, 'code', digestOf(code))));
  for (const card of cards) {
    const part = card && !isExpired(card, ctx.now) ? Math.min(card.left, due) : 0;
    if (!card || !part) continue;
    changes.push(...posted(card, { kind: 'redeem', reference, amount: part }, undefined, ctx).changes);
    payments.push({ giftCardId: card.id, ending: card.ending, amount: part });
    due -= part;
  }
  return { payments, due, changes };
};

/** puts back on the cards what they paid under a reference */
export const putBack = async (payments: Paid[], reference: string, ctx: Ctx): Promise<Change[]> => {
  const all = await Promise.all(
    payments.map(async ({ giftCardId: cardId, amount }) => {
      const [card, recorded] = await Promise.all([
        ctx.store.get(giftCards, { id: cardId }),
        ctx.store.get(postings, { cardId, kind: 'refund', reference }),
      ]);
      return card ? posted(card, { kind: 'refund', reference, amount }, recorded, ctx).changes : [];
    }),
  );
  return all.flat();
};
