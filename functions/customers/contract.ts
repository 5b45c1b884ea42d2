import * as z from 'zod';
import { contactMet } from '../../events/customer.ts';
import { messageUnsubscribed } from '../../events/message.ts';
import { trackedAlias, trackedIdentify } from '../../events/tracked.ts';
import { tagRequested } from '../../events/trigger.ts';
import { hear, Instant, page, paging, route } from '../shared/contract.ts';
import { Decision } from '../shared/decision.ts';
import { Acquaintance } from './acquaintance.ts';
import { Said } from './attributes/said.ts';
import { Consent } from './consent.ts';
import { Customer, Profile, ProfilePatch } from './customer.ts';
import { SaidConsent } from './privacy/said-consent.ts';
import { TimelineEvent } from './timeline-event.ts';
import { departments } from './view/part.ts';
import { Projections, View } from './view/view.ts';

const example = {
  kind: 'person',
  givenName: 'Ada',
  familyName: 'Tan',
  email: 'ada.tan@example.com',
  phone: '+65 6123 4567',
  externalId: 'shop-1001',
  address: { line1: '1 Marina Way', postcode: '018989', country: 'SG' },
  timeZone: 'Asia/Singapore',
  attributes: { favouriteColour: 'red' },
};

/** why a search found a customer */
const Match = z.object({
  by: z.enum(['id', 'externalId', 'email', 'phone', 'identifier', 'name']),
  how: z.enum(['exact', 'prefix', 'ending', 'similar']),
  /** 1: all that was typed is there as it was typed */
  similarity: z.number(),
});

/** whoever writes a customer may say where the values come from */
const Writable = Profile.extend({ provenance: Said.optional() });

/** The customer as it is by now. */
export const WrittenCustomer = Customer.extend({
  kept: z
    .array(z.object({ attribute: z.string(), why: z.string() }))
    .describe('what of this call does not stand, as what there is has the better standing; it is kept beside it')
    .optional(),
});

/** a customer, and why it was found where somebody typed something */
export const FoundCustomer = Customer.extend({ match: Match.optional() });

const refuses = ['customer.email-taken', 'customer.external-id-taken', 'attribute.computed'];

const Reading = z.strictObject({
  purpose: z
    .string()
    .max(64)
    .optional()
    .describe('of the registered purposes the one it is read for: only what serves it is shown'),
});

export const about = 'One record for each person and organisation: who they are, what happened, what they agreed to.';

export const routes = {
  createCustomer: route('POST /v1/customers', {
    summary: 'Create a customer',
    scope: 'customers.write',
    body: Writable,
    reply: WrittenCustomer,
    status: 201,
    location: ({ id }) => `/v1/customers/${id}`,
    refuses,
    example,
  }),
  upsertCustomer: route('PUT /v1/customers', {
    summary: 'Create or update a customer by externalId or email',
    scope: 'customers.write',
    body: Writable,
    reply: WrittenCustomer,
    location: ({ id }) => `/v1/customers/${id}`,
    refuses,
    example,
  }),
  findCustomers: route('GET /v1/customers', {
    summary:
      'Find customers by e-mail, phone, external id, an indexed attribute, or whatever somebody typed (q); or list them, latest first',
    scope: 'customers.read',
    query: z.strictObject({
      email: z.string().max(254).optional(),
      phone: z.string().max(40).optional(),
      externalId: z.string().max(256).optional(),
      q: z
        .string()
        .min(1)
        .max(200)
        .describe(
          'a name in any order, each word whole or begun; an e-mail address or its beginning, @ and a domain; a phone number or its last digits; an id or identifier. What is whole comes first, then what is begun, then - when there is little - what is similar.',
        )
        .optional(),
      attribute: z.string().max(100).optional().describe('one that is declared as indexed, such as attributes.plan'),
      value: z.string().min(1).max(200).optional().describe('of that attribute; of a list one of its items'),
      kind: Profile.shape.kind.unwrap().describe('with q, or alone').optional(),
      ...paging,
    }),
    reply: page(FoundCustomer),
    refuses: ['attribute.confidential'],
  }),
  readCustomer: route('GET /v1/customers/{id}', {
    summary: 'Read a customer, or what of it is wanted',
    scope: 'customers.read',
    query: Reading.extend({
      fields: z.string().max(4000).optional().describe('phone,address.postcode,attributes.plan'),
    }),
    reply: Customer,
  }),
  changeCustomer: route('PATCH /v1/customers/{id}', {
    summary: 'Change a customer (JSON Merge Patch)',
    scope: 'customers.write',
    body: ProfilePatch.extend({ provenance: Said.optional() }),
    reply: WrittenCustomer,
    refuses,
    example: { phone: '+65 6123 4568', attributes: { favouriteColour: null } },
  }),
  readTimeline: route('GET /v1/customers/{id}/timeline', {
    summary: 'What happened to a customer, newest first',
    scope: 'customers.read',
    query: z.strictObject({
      type: z.string().max(100).optional(),
      from: Instant.optional(),
      to: Instant.optional(),
      ...paging,
    }),
    reply: page(TimelineEvent),
  }),
  readView: route('GET /v1/customers/{id}/view', {
    summary: 'Everything known of a customer in one call, or what one department needs of it',
    scope: 'customers.read',
    query: Reading.extend({ for: z.enum(departments).optional().describe('the department whose view it is') }),
    reply: z.union([Projections, View]),
  }),
  listPeople: route('GET /v1/customers/{id}/people', {
    summary: 'Who of the staff had to do with a customer, by the latest 2,000 events of its timeline; the latest first',
    scope: 'customers.read',
    reply: z.object({
      items: z.array(Acquaintance),
      complete: z.boolean().describe('the whole timeline was looked at'),
    }),
  }),
  setConsent: route('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    summary: 'Record that a customer granted or withdrew consent',
    scope: 'customers.write',
    body: SaidConsent,
    reply: Consent,
    refuses: ['consent.not-askable', 'consent.no-address', 'consent.asked-too-often'],
    example: { status: 'granted', source: 'checkout form', proof: { form: 'checkout-3', ip: '203.0.113.7' } },
  }),
  listDecisions: route('GET /v1/customers/{id}/decisions', {
    summary: 'Every automated choice about a customer and why, newest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Decision.pick({ at: true, kind: true, outcome: true, reasons: true, cause: true })),
  }),
};

export const hears = {
  identifyCustomer: hear(
    [trackedIdentify],
    'creates or updates the customer that a tracker identified, and links its identities',
  ),
  linkAlias: hear([trackedAlias], 'links the id that somebody was tracked by before to the customer of their user id'),
  recogniseContact: hear([contactMet], 'finds or creates the customer behind somebody who got in touch'),
  withdrawConsent: hear([messageUnsubscribed], 'withdraws the consent that a customer ended with an unsubscribe link'),
  tagCustomer: hear([tagRequested], 'adds the tags that triggers ask for'),
};
