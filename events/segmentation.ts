import * as z from 'zod';
import { byStaff, event } from './define.ts';

const segmentation = z.object({ name: z.string() });
const example = { name: 'Value' };

export const segmentationCreated = event('marketing', 'segmentation.created', byStaff, {
  summary: 'a segmentation was created; the class of each customer is being found',
  data: () => segmentation,
  example,
});

export const segmentationChanged = event('marketing', 'segmentation.changed', byStaff, {
  summary: 'the name or the classes of a segmentation were changed',
  data: () => segmentation,
  example,
});

export const segmentationRemoved = event('marketing', 'segmentation.removed', byStaff, {
  summary: 'a segmentation was deleted, and its classes with it',
  data: () => segmentation,
  example,
});
