import * as z from 'zod';
import { Instant, page, paging, route } from '../shared/http/contract.ts';
import { Decision } from '../shared/store/decision.ts';
import { GivenProvenance } from './attributes/writing.ts';
import { Customer, Profile, ProfilePatch } from './customer.ts';
import { computedAttribute, emailTaken, externalIdTaken } from './errors.ts';
import { TimelineEvent, TypeList } from './timeline.ts';

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

const ProfileBody = Profile.extend({ provenance: GivenProvenance.optional() });

const WrittenCustomer = Customer.extend({
  conflicts: z
    .array(z.object({ attribute: z.string(), why: z.string() }))
    .describe(
      'values of this request that were not applied, because the present value takes precedence; both are stored',
    )
    .optional(),
});

const errors = [emailTaken, externalIdTaken, computedAttribute];

export const ForPurpose = z.strictObject({
  purpose: z.string().max(64).optional().describe('a registered purpose: only the data that serves it is returned'),
});

export const customerRoutes = {
  createCustomer: route('POST /v1/customers', {
    summary: 'Create a customer',
    scope: 'customers.write',
    body: ProfileBody,
    reply: WrittenCustomer,
    status: 201,
    location: ({ id }) => `/v1/customers/${id}`,
    errors,
    example,
  }),
  upsertCustomer: route('PUT /v1/customers', {
    summary: 'Create or update a customer by externalId or email',
    scope: 'customers.write',
    body: ProfileBody,
    reply: WrittenCustomer,
    location: ({ id }) => `/v1/customers/${id}`,
    errors,
    example,
  }),
  readCustomer: route('GET /v1/customers/{id}', {
    summary: 'Read a customer, or some of its fields',
    scope: 'customers.read',
    query: ForPurpose.extend({
      fields: z.string().max(4000).optional().describe('phone,address.postcode,attributes.plan'),
    }),
    reply: Customer,
  }),
  changeCustomer: route('PATCH /v1/customers/{id}', {
    summary: 'Update a customer (JSON Merge Patch)',
    scope: 'customers.write',
    body: ProfilePatch.extend({ provenance: GivenProvenance.optional() }),
    reply: WrittenCustomer,
    errors,
    example: { phone: '+65 6123 4568', attributes: { favouriteColour: null } },
  }),
  readTimeline: route('GET /v1/customers/{id}/timeline', {
    summary: 'List the events of a customer, newest first',
    scope: 'customers.read',
    query: z
      .strictObject({
        type: TypeList.optional(),
        from: Instant.optional(),
        to: Instant.optional(),
        ...paging,
      })
      .refine(({ from, to }) => !from || !to || Date.parse(from) < Date.parse(to), {
        path: ['to'],
        message: 'must be after from',
      }),
    reply: page(TimelineEvent),
  }),
  listDecisions: route('GET /v1/customers/{id}/decisions', {
    summary: 'List the automated decisions about a customer with their reasons, newest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Decision.pick({ at: true, kind: true, outcome: true, reasons: true, cause: true })),
  }),
};
