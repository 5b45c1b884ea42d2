import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { idOf } from '../../events/ids.ts';
import { liquidFaults, OfferScope } from '../content/variables.ts';
import { Condition } from '../shared/conditions/condition.ts';
import { line, Slug } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { LiquidFault, render } from '../shared/text/liquid.ts';
import { mapTexts, textsIn } from '../shared/text/texts-in.ts';
import { Span } from '../shared/time/duration.ts';

const mostContent = 20_000;

/** What a touch point shows, as it wants it: an object whose texts are Liquid, with `customer`, and the context as `event.properties`. */
export const Content = z
  .record(z.string().min(1).max(100), z.json())
  .refine(content => JSON.stringify(content).length <= mostContent, `is longer than ${mostContent} characters`)
  .superRefine((content, context) => {
    for (const { text, path } of textsIn(content))
      for (const { message } of liquidFaults(text, OfferScope)) context.addIssue({ code: 'custom', path, message });
  });
export type Content = z.output<typeof Content>;

/** a content with its texts filled in; a text that cannot be is empty */
export const filledIn = (content: Content, scope: Record<string, unknown>) =>
  mapTexts(content, text => {
    try {
      return render(text, scope);
    } catch (error) {
      if (error instanceof LiquidFault) return '';
      throw error;
    }
  }) as Content;

const Limit = z.strictObject({ max: z.int().min(1).max(20), per: Span });

const fields = {
  name: line(200),
  placements: z.array(Slug).min(1, 'has no placement').max(20),
  content: Content,
  if: Condition.optional().describe('who it is for; `context.…` is what the touch point says'),
  value: z.number().min(0).max(1e12).default(1).describe('what it is worth when it is taken up'),
  priority: z.int().min(-100).max(100).default(0).describe('a higher one is chosen whatever the others are worth'),
  limits: z.array(Limit).max(5).default([]).describe('how often it is shown to one customer'),
  consent: z.strictObject({ channel: Channel, topic: Topic }).optional().describe('only to who consented to this'),
  promotional: z.boolean().default(true).describe('not made to who has an open severe case, where that is guarded'),
  from: Instant.optional(),
  until: Instant.optional(),
  state: z.enum(['active', 'paused']).default('active'),
};

export const OfferFields = z.strictObject(fields);
export type OfferFields = z.output<typeof OfferFields>;

export const Offer = z.object({ id: idOf('offer'), ...fields, ...stamps });
export type Offer = z.output<typeof Offer>;

export const offers = entity('offer', Offer, { onErase: 'not-personal', lists: { all: { by: () => 'all' } } });

const PlacedOffer = z.object({ placementId: Slug, offer: Offer });

/** an active offer beside its placement: a decision finds both in one read */
export const placedOffers = entity('placed-offer', PlacedOffer, {
  onErase: 'not-personal',
  key: ({ placementId, offer }: { placementId: string; offer: { id: string } }) => ({
    of: ['placement', placementId],
    part: `offer#${offer.id}`,
  }),
});

const placementFields = {
  name: line(200),
  fallback: Content.describe('what is shown where no offer fits'),
  control: z.number().min(0).max(0.5).default(0).describe('share of customers that get the fallback, to compare with'),
};

export const PlacementFields = z.strictObject(placementFields);

export const Placement = z.object({ id: Slug, ...placementFields, ...stamps });
export type Placement = z.output<typeof Placement>;

export const placements = entity('placement', Placement, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
});
