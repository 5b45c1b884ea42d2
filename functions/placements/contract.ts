import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { nullableFields } from '../customers/customer.ts';
import { line, Slug } from '../shared/fields.ts';
import { creates, Instant, lists, route, warning } from '../shared/http/contract.ts';
import { decisionNotFound } from './errors.ts';
import { Offer, OfferFields, Placement, PlacementFields } from './offer.ts';

export const about = 'Offers at the touch points with customers: which is made to whom, and what comes of it.';

const Context = z
  .record(z.string().max(100), z.json())
  .refine(context => JSON.stringify(context).length <= 8_000, 'is longer than 8,000 characters');

const Visitor = line(256);

const Decision = z.object({
  decisionId: z.string(),
  content: z.record(z.string(), z.json()),
  offerId: z.string().optional(),
  reason: z.array(z.string()),
});

const Noted = z.object({ decisionId: z.string(), shownAt: Instant.nullable(), clickedAt: Instant.nullable() });

const byPages = z.int().describe('as public write keys say, which proves nothing: not learned from');
const rates = { shown: z.int(), clicked: z.int(), shownByPages: byPages, clickedByPages: byPages };

const read = { scope: 'offers.read' } as const;
const write = { scope: 'offers.write' } as const;
const { name, placements, content, value, priority, limits, promotional, state, ...optional } = OfferFields.shape;

export const offerRoutes = {
  putPlacement: route('PUT /v1/placements/{id}', {
    summary: 'Define a place at which offers are made, such as the top of the home page or the greeting of a call',
    ...write,
    body: PlacementFields,
    reply: Placement,
    location: ({ id }) => `/v1/placements/${id}`,
    example: { name: 'Top of the home page', fallback: { title: 'Welcome' }, control: 0.05 },
  }),
  listPlacements: route('GET /v1/placements', { summary: 'List placements', ...read, ...lists(Placement) }),
  readPlacement: route('GET /v1/placements/{id}', { summary: 'Read a placement', ...read, reply: Placement }),
  readPlacementResults: route('GET /v1/placements/{id}/results', {
    summary: 'Read how often each offer was shown and taken up at a placement, and how often the fallback was',
    ...read,
    reply: z.object({
      offers: z.array(z.object({ offerId: z.string(), ...rates, probability: z.number() })),
      fallback: z.object(rates),
      control: z.object(rates),
    }),
  }),
  createOffer: route('POST /v1/offers', {
    summary: 'Create an offer for placements: its content, whom it is for, how often it is shown, what it is worth',
    ...write,
    body: OfferFields,
    reply: warning(Offer),
    ...creates('/v1/offers'),
    example: {
      name: 'Test drive',
      placements: ['home-top'],
      content: { title: '{{ customer.givenName }}, drive the AX-7', link: '/test-drive' },
      if: { attribute: 'address.country', is: 'SG' },
      value: 120,
      limits: [{ max: 3, per: 'P7D' }],
    },
  }),
  listOffers: route('GET /v1/offers', { summary: 'List offers, newest first', ...read, ...lists(Offer) }),
  readOffer: route('GET /v1/offers/{id}', { summary: 'Read an offer', ...read, reply: Offer }),
  changeOffer: route('PATCH /v1/offers/{id}', {
    summary: 'Change an offer (JSON Merge Patch; each field is replaced as a whole), pause it or make it active again',
    ...write,
    body: z.strictObject({
      name: name.optional(),
      placements: placements.optional(),
      content: content.optional(),
      value: value.unwrap().optional(),
      priority: priority.unwrap().optional(),
      limits: limits.unwrap().optional(),
      promotional: promotional.unwrap().optional(),
      state: state.unwrap().optional(),
      ...nullableFields(optional),
    }),
    reply: warning(Offer),
    example: { state: 'paused' },
  }),
  decide: route('POST /v1/decide', {
    summary: 'Decide what a touch point shows to a customer or visitor now: the best offer, or the fallback, and why',
    ...read,
    body: z
      .strictObject({
        placement: Slug,
        customerId: CustomerId.optional(),
        anonymousId: Visitor.optional(),
        context: Context.optional().describe('what the touch point knows, such as the page or the reason of the call'),
      })
      .refine(({ customerId, anonymousId }) => (customerId === undefined) !== (anonymousId === undefined), {
        path: ['customerId'],
        message: 'give either customerId or anonymousId',
      }),
    reply: Decision,
    example: { placement: 'home-top', customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z', context: { page: '/cars' } },
  }),
  noteShown: route('POST /v1/decide/{decisionId}/shown', {
    summary: 'Report that what was decided was shown; it then counts against the limits of the offer',
    ...read,
    reply: Noted,
    errors: [decisionNotFound],
  }),
  noteClicked: route('POST /v1/decide/{decisionId}/clicked', {
    summary: 'Report that the offer was taken up',
    ...read,
    reply: Noted,
    errors: [decisionNotFound],
  }),
};

export const visitorRoutes = {
  decideForVisitor: route('POST /v1/visitor/decide', {
    summary:
      'Decide for a page or an app with its write key: by its context and what was shown to the visitor before, and by nothing that is known of a customer',
    auth: 'writeKey',
    body: z.strictObject({ placement: Slug, anonymousId: Visitor, context: Context.optional() }),
    reply: Decision,
    example: { placement: 'home-top', anonymousId: '7f3c0a52-5c1e-4a59-9f0e-0f6f7c3b8f11', context: { page: '/cars' } },
  }),
  noteVisitorShown: route('POST /v1/visitor/decide/{decisionId}/shown', {
    summary: 'Report with a write key that what was decided for a visitor was shown',
    auth: 'writeKey',
    reply: Noted,
    errors: [decisionNotFound],
  }),
  noteVisitorClicked: route('POST /v1/visitor/decide/{decisionId}/clicked', {
    summary: 'Report with a write key that a visitor took up the offer',
    auth: 'writeKey',
    reply: Noted,
    errors: [decisionNotFound],
  }),
};

export const routes = { ...offerRoutes, ...visitorRoutes };
