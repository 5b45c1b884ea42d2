import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Condition } from '../shared/conditions/condition.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

export const SegmentId = idOf('segment');
export const SegmentationId = idOf('segmentation');

const mostPicked = 1000;
const Picked = z.array(CustomerId).max(mostPicked).default([]);

const Name = z.string().trim().min(1, 'is empty').max(200);

export const SegmentFields = z.strictObject({
  name: Name,
  condition: Condition,
  include: Picked.describe('customers that are in it whatever the condition says'),
  exclude: Picked.describe('customers that are never in it; this is above `include`'),
});
export type SegmentFields = z.output<typeof SegmentFields>;

/** Customers that meet a condition; or a class of a segmentation, of which a customer is in the first whose condition it meets. */
export const Segment = z.object({
  id: SegmentId,
  ...SegmentFields.shape,
  condition: Condition.optional().describe('absent where it is what a segmentation has beside its classes'),
  include: z.array(CustomerId),
  exclude: z.array(CustomerId),
  segmentationId: SegmentationId.optional().describe('the segmentation that it is a class of'),
  /** that finds its members; absent for a class */
  job: z.string().optional(),
  ...stamps,
});
export type Segment = z.output<typeof Segment>;

export const segments = entity('segment', Segment, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
});
