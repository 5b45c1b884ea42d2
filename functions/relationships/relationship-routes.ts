import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { nullableFields } from '../customers/customer.ts';
import { Day, Slug } from '../shared/fields.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { RelationshipFields, ShownEnd } from './end.ts';
import { RelationshipType, TypeFields } from './relationship-type.ts';

const read = { scope: 'customers.read' } as const;
const write = { scope: 'customers.write' } as const;

/** what keeps two customers from having it */
const barred = ['relationship.exists', 'relationship.exclusive', 'hierarchy.cycle', 'hierarchy.too-deep'];
const other = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';

export const relationshipRoutes = {
  addRelationship: route('POST /v1/customers/{id}/relationships', {
    summary: 'Connect a customer with another: `to` is the customer’s employer, parent, vendor, spouse …',
    ...write,
    body: z.strictObject({ type: Slug, to: CustomerId, ...RelationshipFields.shape }),
    reply: ShownEnd,
    status: 201,
    location: ({ id }) => `/v1/relationships/${id}`,
    errors: barred,
    example: { type: 'employer', to: other, role: 'head of fleet', from: '2024-03-01', primary: true },
  }),
  relationshipsOfCustomer: route('GET /v1/customers/{id}/relationships', {
    summary:
      'Whom a customer is connected with, from either end; of one type, or on a day. `label` is what the other is',
    ...read,
    query: z.strictObject({ type: Slug.optional(), on: Day.optional(), ...paging }),
    reply: page(
      ShownEnd.extend({
        withKind: z.enum(['person', 'organisation']).nullable(),
        withName: z.string().nullable().describe('null once erased'),
      }),
    ),
  }),
  readRelationship: route('GET /v1/relationships/{id}', {
    summary: 'Read a relationship, as the customer sees it that has it',
    ...read,
    reply: ShownEnd,
  }),
  changeRelationship: route('PATCH /v1/relationships/{id}', {
    summary: 'Change role, days or weight of a relationship (JSON Merge Patch)',
    ...write,
    body: z.strictObject(nullableFields(RelationshipFields.shape)),
    reply: ShownEnd,
    errors: barred,
    example: { role: 'chief executive', until: null },
  }),
  endRelationship: route('POST /v1/relationships/{id}/end', {
    summary: 'Give a relationship its last day; it stays to be seen',
    ...write,
    body: z.strictObject({ until: Day }),
    reply: ShownEnd,
    errors: barred,
    example: { until: '2026-11-30' },
  }),
  removeRelationship: route('DELETE /v1/relationships/{id}', {
    summary: 'Take back a relationship that never was',
    ...write,
    reply: ShownEnd,
  }),
  listRelationshipTypes: route('GET /v1/relationship-types', {
    summary: 'The kinds of relationships: those that everybody has, and the company’s own',
    ...read,
    reply: page(
      RelationshipType.partial({ version: true, createdAt: true, updatedAt: true }).extend({ builtIn: z.boolean() }),
    ),
  }),
  putRelationshipType: route('PUT /v1/relationship-types/{name}', {
    summary: 'Declare a kind of relationship, or call it otherwise: relationships made from then on are called so',
    scope: 'settings.write',
    body: TypeFields,
    reply: RelationshipType,
    errors: ['relationship-type.built-in', 'relationship-type.too-many'],
    location: ({ name }) => `/v1/relationship-types/${name}`,
    example: { label: 'dealer', inverseLabel: 'dealt with by', to: 'organisation' },
  }),
};
