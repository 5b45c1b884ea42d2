import * as z from 'zod';
import { NeedStatus } from '../../events/need.ts';
import { nullableFields } from '../customers/customer.ts';
import { line } from '../shared/fields.ts';
import { creates, lists, route } from '../shared/http/contract.ts';
import { Need, NeedFields } from './need.ts';

const read = { scope: 'activities.read' } as const;
const write = { scope: 'activities.write' } as const;
const { what, source, status, ...fields } = NeedFields.shape;

export const needRoutes = {
  recordNeed: route('POST /v1/customers/{id}/needs', {
    summary: 'Record what a customer needs or is interested in',
    ...write,
    body: NeedFields,
    reply: Need,
    ...creates('/v1/needs'),
    example: {
      what: 'an electric car for five',
      category: 'cars',
      budget: { amount: 13_000_000, currency: 'SGD' },
      neededBy: '2027-03-01',
      strength: 4,
      source: 'showroom visit',
    },
  }),
  needsOfCustomer: route('GET /v1/customers/{id}/needs', {
    summary: 'List the needs of a customer, latest first',
    ...read,
    ...lists(Need, { status: NeedStatus.optional() }),
  }),
  findNeeds: route('GET /v1/needs', {
    summary: 'List needs for a product or in a category, by default the open ones',
    ...read,
    ...lists(Need, {
      productId: line(128).optional(),
      category: line(60).optional(),
      status: NeedStatus.default('open'),
    }),
  }),
  readNeed: route('GET /v1/needs/{id}', { summary: 'Read a need', ...read, reply: Need }),
  changeNeed: route('PATCH /v1/needs/{id}', {
    summary: 'Change a need or its status (JSON Merge Patch)',
    ...write,
    body: z.strictObject({ what: what.optional(), source: source.optional(), status, ...nullableFields(fields) }),
    reply: Need,
    example: { status: 'met' },
  }),
  removeNeed: route('DELETE /v1/needs/{id}', {
    summary: 'Delete a need that was recorded by mistake',
    ...write,
    reply: Need,
  }),
};
