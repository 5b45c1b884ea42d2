import { giftCardIssued } from '../../../events/gift-card.ts';
import { newId } from '../../../events/ids.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { handlers } from '../../shared/http/contract.ts';
import { created, eventOf, insert } from '../../shared/store/changes.ts';
import { listParts } from '../../shared/store/record-page.ts';
import { changeById, readById } from '../../shared/store/records.ts';
import { retryOnConflict } from '../../shared/store/retry-on-conflict.ts';
import { digestOf, giftCards, newCode, postingParts, postings, type StoredGiftCard } from './gift-card.ts';
import { giftCardRoutes } from './gift-card-routes.ts';
import { posted } from './post.ts';

export const giftCardHandlers = handlers(giftCardRoutes, {
  issueGiftCard: async ({ body }, { now, actor, store }) => {
    const code = newCode();
    const id = newId('giftCard', now);
    const { amount } = body.amount;
    const card: StoredGiftCard = created(now, {
      ...{ ...body, id, ending: code.slice(-4), left: amount, digest: digestOf(code) },
    });
    const first = { cardId: id, kind: 'issue' as const, reference: body.reference ?? id, amount, at: now, by: actor };
    const changes = [insert(giftCards, card), insert(postings, first), eventOf(giftCardIssued, card)];
    return store.commit(changes, { ...card, code });
  },
  listGiftCards: ({ query }, { store }) => store.list(giftCards, 'all', 'all', query),
  readGiftCard: readById(giftCards),
  listPostings: listParts(giftCards, postings, postingParts),
  redeemGiftCard: ({ body: { code, amount, reference } }, ctx) =>
    retryOnConflict(async () => {
      let card = await ctx.store.getBy(giftCards, 'code', digestOf(code));
      if (!card) throw invalid([{ path: 'code', message: 'is not the code of a gift card' }]);
      const { currency } = card.amount;
      if (amount.currency !== currency) throw invalid([{ path: 'amount.currency', message: `is not ${currency}` }]);
      if (!amount.amount) throw invalid([{ path: 'amount.amount', message: 'must be above zero' }]);
      const post = { kind: 'redeem' as const, reference, amount: amount.amount };
      const recorded = await ctx.store.get(postings, { cardId: card.id, ...post });
      // another request may have posted it since the card was read
      if (recorded) card = await ctx.store.need(giftCards, { id: card.id });
      const { after, changes } = posted(card, post, recorded, ctx);
      return ctx.store.commit(changes, after);
    }),
  refundGiftCard: changeById(giftCards, async (card, { reference }, ctx) => {
    const { store } = ctx;
    const [redeemed, recorded] = await Promise.all([
      store.get(postings, { cardId: card.id, kind: 'redeem', reference }),
      store.get(postings, { cardId: card.id, kind: 'refund', reference }),
    ]);
    if (!redeemed) throw invalid([{ path: 'reference', message: 'nothing was redeemed under it' }]);
    return posted(card, { kind: 'refund', reference, amount: -redeemed.amount }, recorded, ctx);
  }),
});
