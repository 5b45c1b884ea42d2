import * as z from 'zod';
import { confidentialAttribute } from '../customers/errors.ts';
import { creates, Instant, lists, page, paging, type Route, route, warning } from '../shared/http/contract.ts';
import * as errors from './errors.ts';
import { Segment, SegmentFields, SegmentId } from './segment.ts';
import { SegmentDay } from './size.ts';

export const State = z.enum(['building', 'ready']).describe('building until all customers were judged once');

const Shown = Segment.omit({ job: true }).extend({
  state: State,
  size: z.int().describe('members; exact where one segment is read, counted up to 5,000 in lists'),
  sizeIsExact: z.boolean(),
});

const example = {
  name: 'Bought twice in a month',
  condition: { event: 'order.completed', count: { gte: 2 }, within: 'P30D' },
};

const { name, condition, include, exclude } = SegmentFields.shape;
const revealing = [confidentialAttribute];
const write = {
  scope: 'marketing.write',
  reply: warning(Shown),
  errors: [...Object.values(errors), ...revealing],
} satisfies Partial<Route>;

export const segmentRoutes = {
  createSegment: route('POST /v1/segments', {
    summary: 'Create a segment: customers that meet a condition, kept up to date by every event that can change it',
    ...write,
    ...creates('/v1/segments'),
    body: SegmentFields,
    example,
  }),
  listSegments: route('GET /v1/segments', {
    summary: 'List segments, newest first',
    scope: 'marketing.read',
    ...lists(Shown),
  }),
  readSegment: route('GET /v1/segments/{id}', {
    summary: 'Read a segment, with its size',
    scope: 'marketing.read',
    reply: Shown,
  }),
  changeSegment: route('PATCH /v1/segments/{id}', {
    summary:
      'Change a segment (JSON Merge Patch; condition, include and exclude are replaced as a whole); its members are found again',
    ...write,
    body: z.strictObject({
      name: name.optional(),
      condition: condition.optional(),
      include: include.unwrap().nullish(),
      exclude: exclude.unwrap().nullish(),
    }),
    example: { exclude: ['cus_01jd5e7k3m9q2r4t6v8w0x1y2z'] },
  }),
  removeSegment: route('DELETE /v1/segments/{id}', {
    summary: 'Delete a segment that nothing uses; the customers in it stay',
    ...write,
    reply: Shown,
  }),
  listSegmentMembers: route('GET /v1/segments/{id}/members', {
    summary: 'List the members of a segment, latest first',
    scope: 'marketing.read',
    errors: revealing,
    ...lists(z.object({ customerId: z.string(), since: Instant })),
  }),
  readSegmentHistory: route('GET /v1/segments/{id}/history', {
    summary: 'List the size of a segment by day, latest first',
    scope: 'marketing.read',
    ...lists(SegmentDay),
  }),
  estimateSegment: route('POST /v1/segments/estimate', {
    summary: 'Estimate how many customers meet a condition; exact where a company has few',
    scope: 'marketing.read',
    errors: revealing,
    body: z.strictObject({ condition }),
    reply: warning(z.object({ size: z.int(), exact: z.boolean() })),
    example: { condition: example.condition },
  }),
  rebuildSegments: route('POST /v1/segments/rebuild', {
    summary: 'Judge all customers by all segments and segmentations again, or by some, in one pass',
    scope: 'marketing.write',
    body: z.strictObject({ ids: z.array(z.string().max(40)).min(1).max(500).optional() }),
    reply: z.object({ job: z.string().nullable().describe('the job that does it; null where there is no segment') }),
    status: 202,
    example: {},
  }),
  segmentsOfCustomer: route('GET /v1/customers/{id}/segments', {
    summary: 'List the segments that a customer is in',
    scope: 'marketing.read',
    also: ['customers.read'],
    query: z.strictObject(paging),
    reply: page(
      z.object({
        segmentId: SegmentId,
        name: z.string(),
        segmentationId: Segment.shape.segmentationId,
        since: Instant,
      }),
    ),
  }),
};
