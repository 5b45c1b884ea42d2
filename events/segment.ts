import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';

const segment = z.object({ name: z.string() });
const example = { name: 'Bought twice in a month' };

export const segmentCreated = event('marketing', 'segment.created', byStaff, {
  summary: 'a segment was created; its members are being found',
  data: () => segment,
  example,
});

export const segmentChanged = event('marketing', 'segment.changed', byStaff, {
  summary: 'the name, condition, or hand-picked members of a segment were changed',
  data: () => segment,
  example,
});

export const segmentRemoved = event('marketing', 'segment.removed', byStaff, {
  summary: 'a segment was deleted; nobody is in it any more',
  data: () => segment,
  example,
});

export const segmentEntered = event('marketing', 'segment.entered', bySystem, {
  summary: 'a customer came into a segment; `about` is the segment',
  data: () => segment,
  example,
});

export const segmentLeft = event('marketing', 'segment.left', bySystem, {
  summary: 'a customer is no longer in a segment; `about` is the segment',
  data: () => segment,
  example,
});
