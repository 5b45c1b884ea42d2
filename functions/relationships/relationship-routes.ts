import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { nullableFields } from '../customers/customer.ts';
import { Day, Slug } from '../shared/fields.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Relationship, RelationshipFields } from './end.ts';
import {
  hierarchyCycle,
  hierarchyTooDeep,
  relationshipExclusive,
  relationshipExists,
  tooManyTypes,
  typeBuiltIn,
} from './errors.ts';
import { RelationshipType, TypeFields } from './relationship-type.ts';

const read = { scope: 'relationships.read' } as const;
const write = { scope: 'relationships.write' } as const;

const conflicts = [relationshipExists, relationshipExclusive, hierarchyCycle, hierarchyTooDeep];
const other = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';

export const relationshipRoutes = {
  addRelationship: route('POST /v1/customers/{id}/relationships', {
    summary: 'Relate a customer to another: `to` is its employer, parent, vendor, spouse or other type',
    ...write,
    body: z.strictObject({ type: Slug, to: CustomerId, ...RelationshipFields.shape }),
    reply: Relationship,
    status: 201,
    location: ({ id }) => `/v1/relationships/${id}`,
    errors: conflicts,
    example: { type: 'employer', to: other, role: 'head of fleet', from: '2024-03-01', primary: true },
  }),
  relationshipsOfCustomer: route('GET /v1/customers/{id}/relationships', {
    summary:
      'List the relationships of a customer from either end, all or of one type or day; `label` is the role of the other customer',
    ...read,
    query: z.strictObject({ type: Slug.optional(), on: Day.optional(), ...paging }),
    reply: page(
      Relationship.extend({
        withKind: z.enum(['person', 'organisation']).nullable(),
        withName: z.string().nullable().describe('null after erasure'),
      }),
    ),
  }),
  readRelationship: route('GET /v1/relationships/{id}', {
    summary: 'Read a relationship, seen from the customer that has it',
    ...read,
    reply: Relationship,
  }),
  changeRelationship: route('PATCH /v1/relationships/{id}', {
    summary: 'Change the role, days or primary flag of a relationship (JSON Merge Patch)',
    ...write,
    body: z.strictObject(nullableFields(RelationshipFields.shape)),
    reply: Relationship,
    errors: conflicts,
    example: { role: 'chief executive', until: null },
  }),
  endRelationship: route('POST /v1/relationships/{id}/end', {
    summary: 'End a relationship on a day; it stays on record',
    ...write,
    body: z.strictObject({ until: Day }),
    reply: Relationship,
    errors: conflicts,
    example: { until: '2026-11-30' },
  }),
  removeRelationship: route('DELETE /v1/relationships/{id}', {
    summary: 'Delete a relationship that was recorded by mistake',
    ...write,
    reply: Relationship,
  }),
};

export const relationshipTypeRoutes = {
  listRelationshipTypes: route('GET /v1/relationship-types', {
    summary: 'List relationship types: the built-in ones and the company’s own',
    ...read,
    reply: page(
      RelationshipType.partial({ version: true, createdAt: true, updatedAt: true }).extend({ builtIn: z.boolean() }),
    ),
  }),
  putRelationshipType: route('PUT /v1/relationship-types/{name}', {
    summary: 'Define a relationship type; new labels apply to relationships created afterwards',
    scope: 'settings.write',
    body: TypeFields,
    reply: RelationshipType,
    errors: [typeBuiltIn, tooManyTypes],
    location: ({ name }) => `/v1/relationship-types/${name}`,
    example: { label: 'dealer', inverseLabel: 'customer of', to: 'organisation' },
  }),
};
