import * as z from 'zod';
import { byStaff, bySystem, event, internal } from './define.ts';

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

export const segmentDue = event('timers', 'segment.due', internal, {
  summary: 'time alone may have changed which segments a customer is in',
  data: () => z.object({}),
  example: {},
});

export const segmentDayEnded = event('timers', 'segment.day-ended', internal, {
  summary: 'a day is over: the size of a segment, or of the classes of a segmentation, is stored; `about` is it',
  data: () => z.object({}),
  example: {},
});
