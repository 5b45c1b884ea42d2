import * as z from 'zod';
import { event, forTriggers, internal } from './define.ts';

const data = z.object({ name: z.string(), state: z.enum(['draft', 'active', 'paused']) });
const example = { name: 'Browsed the AX-7', state: 'active' } as const;

export const triggerCreated = event('marketing', 'trigger.created', forTriggers, {
  summary: 'a trigger was created',
  data: () => data,
  example,
});

export const triggerChanged = event('marketing', 'trigger.changed', forTriggers, {
  summary: 'the pattern, condition or actions of a trigger were changed',
  data: () => data,
  example,
});

export const triggerActivated = event('marketing', 'trigger.activated', forTriggers, {
  summary: 'a trigger was activated: it acts on events from now on',
  data: () => data,
  example,
});

export const triggerPaused = event('marketing', 'trigger.paused', forTriggers, {
  summary: 'a trigger was paused: it no longer acts on events',
  data: () => data,
  example: { ...example, state: 'paused' },
});

export const triggerRemoved = event('marketing', 'trigger.removed', forTriggers, {
  summary: 'a trigger was deleted',
  data: () => data,
  example: { ...example, state: 'paused' },
});

export const tagRequested = event('marketing', 'tag.requested', internal, {
  summary: 'a tag for a customer was requested; it is added to `attributes.tags`',
  data: () => z.object({ tag: z.string() }),
  example: { tag: 'ev-interest' },
});

export const triggerDue = event('timers', 'trigger.due', internal, {
  summary: 'the delay of a trigger that an event set off is over; its condition is judged again',
  data: () => z.object({ eventId: z.string() }),
  example: { eventId: 'evt_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});
