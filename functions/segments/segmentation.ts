import * as z from 'zod';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { SegmentationId, SegmentFields, SegmentId } from './segment.ts';

const mostClasses = 20;
const { name, condition } = SegmentFields.shape;

const Fields = z.strictObject({
  name,
  classes: z
    .array(z.strictObject({ name, condition }))
    .min(1, 'has no classes')
    .max(mostClasses)
    .describe('in their order: a customer is in the first whose condition it meets'),
  else: name.describe('the class of all other customers'),
});

export const SegmentationFields = Fields.refine(
  ({ classes, else: others }) => new Set([...classes.map(one => one.name), others]).size > classes.length,
  { path: ['classes'], message: 'two classes have the same name' },
);
export type SegmentationFields = z.output<typeof SegmentationFields>;

export const SegmentationPatch = Fields.partial();

/** Classes of customers, each a segment: every customer is in exactly one. */
export const Segmentation = z.object({
  id: SegmentationId,
  name,
  classes: z.array(z.object({ name, condition, segmentId: SegmentId })),
  else: z.object({ name, segmentId: SegmentId }),
  job: z.string(),
  ...stamps,
});
export type Segmentation = z.output<typeof Segmentation>;

export const segmentations = entity('segmentation', Segmentation, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
});
