import * as z from 'zod';
import { tagRequested } from '../../events/trigger.ts';
import { Instant, on, page, paging, route, work } from '../shared/http/contract.ts';
import { Decision } from '../shared/store/decision.ts';
import { attributeRoutes } from './attributes/attribute-routes.ts';
import { Said } from './attributes/said.ts';
import { Customer, Profile, ProfilePatch } from './customer.ts';
import { TimelineEvent } from './timeline-event.ts';

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

/** whoever writes a customer may say where the values come from */
const Writable = Profile.extend({ provenance: Said.optional() });

/** The customer as it is by now. */
export const WrittenCustomer = Customer.extend({
  kept: z
    .array(z.object({ attribute: z.string(), why: z.string() }))
    .describe('what of this call does not stand, as what there is has the better standing; it is kept beside it')
    .optional(),
});

const refuses = ['customer.email-taken', 'customer.external-id-taken', 'attribute.computed'];

/** what whoever reads a customer may say */
export const Reading = z.strictObject({
  purpose: z
    .string()
    .max(64)
    .optional()
    .describe('of the registered purposes the one it is read for: only what serves it is shown'),
});

export const about = 'One record for each person and organisation: who they are, what happened, what they agreed to.';

export const routes = {
  ...attributeRoutes,
  createCustomer: route('POST /v1/customers', {
    summary: 'Create a customer',
    scope: 'customers.write',
    body: Writable,
    reply: WrittenCustomer,
    status: 201,
    location: ({ id }) => `/v1/customers/${id}`,
    errors: refuses,
    example,
  }),
  upsertCustomer: route('PUT /v1/customers', {
    summary: 'Create or update a customer by externalId or email',
    scope: 'customers.write',
    body: Writable,
    reply: WrittenCustomer,
    location: ({ id }) => `/v1/customers/${id}`,
    errors: refuses,
    example,
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
    errors: refuses,
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
  listDecisions: route('GET /v1/customers/{id}/decisions', {
    summary: 'Every automated choice about a customer and why, newest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Decision.pick({ at: true, kind: true, outcome: true, reasons: true, cause: true })),
  }),
};

export const subscriptions = {
  tagCustomer: on([tagRequested], 'adds the tags that triggers ask for'),
};

export const works = {
  'file-attributes': work('indexes customers by an attribute'),
};
