import * as z from 'zod';
import { newId } from '../../events/ids.ts';
import { offerChanged, offerCreated, placementChanged } from '../../events/offer.ts';
import { checkCondition, refuseOrWarn } from '../customer-facts/check-condition.ts';
import { CustomerFacts } from '../customer-facts/customer-facts.ts';
import { namesKnownTo } from '../customer-facts/known-names.ts';
import { Slug } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Change, created, eventOf, insert, put, remove, update } from '../shared/store/changes.ts';
import { changeById, putById, readById, replaced } from '../shared/store/records.ts';
import { offerRoutes } from './contract.ts';
import { decideFor } from './decide.ts';
import { noteOf } from './note.ts';
import { type Offer, OfferFields, offers, placedOffers, placements } from './offer.ts';
import { readPlacementResults } from './rates.ts';

/** what conditions of offers find: the customer, and what the touch point says */
const Facts = CustomerFacts.extend({ context: z.record(z.string(), z.unknown()) });

const checkOffer = async (offer: OfferFields, ctx: Ctx) => {
  const found = new Set((await ctx.store.getByIds(placements, offer.placements)).map(({ id }) => id));
  const errors = offer.placements.flatMap((id, nth) =>
    found.has(id) ? [] : [{ path: `placements.${nth}`, message: `there is no placement ${id}` }],
  );
  if (offer.from && offer.until && offer.from >= offer.until)
    errors.push({ path: 'until', message: 'must be after from' });
  if (errors.length) throw invalid(errors);
  await checkCondition(offer.if, 'if', ctx, Facts);
  const over =
    offer.until && offer.until <= ctx.now ? [{ path: 'until', message: 'is over', later: true as const }] : [];
  const topics = offer.consent ? (await namesKnownTo(ctx.store)).topic(offer.consent, 'consent.topic') : [];
  refuseOrWarn([...over, ...topics], ctx);
};

const places = ({ placements: ids }: Offer) => ids;

/** an active offer lies beside each of its placements */
const filing = (before: Offer | undefined, after: Offer): Change[] => {
  const is = after.state === 'active' ? places(after) : [];
  const was = before?.state === 'active' ? places(before) : [];
  return [
    ...is.map(placementId => put(placedOffers, { placementId, offer: after })),
    ...was
      .filter(placementId => !is.includes(placementId))
      .map(placementId => remove(placedOffers, { placementId, offer: before as Offer })),
  ];
};

export const offerHandlers = handlers(offerRoutes, {
  putPlacement: putById(placements, Slug, { changes: placement => [eventOf(placementChanged, placement)] }),
  listPlacements: ({ query }, { store }) => store.list(placements, 'all', 'all', query),
  readPlacement: readById(placements),
  readPlacementResults,
  createOffer: async ({ body }, ctx) => {
    const { now, store } = ctx;
    await checkOffer(body, ctx);
    const offer: Offer = created(now, { ...body, id: newId('offer', now) });
    return store.commit([insert(offers, offer), ...filing(undefined, offer), eventOf(offerCreated, offer)], offer);
  },
  listOffers: ({ query }, { store }) => store.list(offers, 'all', 'all', query),
  readOffer: readById(offers),
  changeOffer: changeById(offers, async (before, patch, ctx) => {
    const after = replaced(ctx.now, OfferFields, before, patch);
    if (!after) return { after: before, changes: [] };
    await checkOffer(after, ctx);
    return { after, changes: [update(offers, before, after), ...filing(before, after), eventOf(offerChanged, after)] };
  }),
  decide: ({ body }, ctx) => decideFor(body, ctx),
  noteShown: ({ params }, ctx) => noteOf(params.decisionId, 'shown', ctx),
  noteClicked: ({ params }, ctx) => noteOf(params.decisionId, 'clicked', ctx),
});
