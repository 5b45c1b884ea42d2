import * as z from 'zod';
import { event } from './define.ts';

const data = z.object({ name: z.string(), state: z.enum(['draft', 'active', 'paused']) });
const example = { name: 'Browsed the AX-7', state: 'active' } as const;

export const triggerCreated = event('marketing', 'trigger.created', {
  by: 'staff',
  contact: null,
  triggers: false,
  summary: 'a trigger has been declared',
  data: () => data,
  example,
});

export const triggerChanged = event('marketing', 'trigger.changed', {
  by: 'staff',
  contact: null,
  triggers: false,
  summary: 'what a trigger listens to, asks or does has changed',
  data: () => data,
  example,
});

export const triggerActivated = event('marketing', 'trigger.activated', {
  by: 'staff',
  contact: null,
  triggers: false,
  summary: 'a trigger acts on events from now on',
  data: () => data,
  example,
});

export const triggerPaused = event('marketing', 'trigger.paused', {
  by: 'staff',
  contact: null,
  triggers: false,
  summary: 'a trigger no longer acts on events',
  data: () => data,
  example: { ...example, state: 'paused' },
});

export const tagRequested = event('marketing', 'tag.requested', {
  by: 'system',
  contact: null,
  triggers: false,
  summary: 'a customer shall carry a tag; customers adds it to `attributes.tags`',
  data: () => z.object({ tag: z.string() }),
  example: { tag: 'ev-interest' },
});
