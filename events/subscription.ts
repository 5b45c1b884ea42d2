import * as z from 'zod';
import { byStaff, bySystem, event, internal } from './define.ts';

const Data = z.object({ host: z.string(), events: z.array(z.string()), state: z.enum(['on', 'off']) });
const example: z.input<typeof Data> = { host: 'example.com', events: ['order.*'], state: 'on' };

export const subscriptionChanged = event('admin', 'subscription.changed', byStaff, {
  summary: 'a webhook was added, changed, or its secret rotated',
  data: () => Data,
  example,
});

export const subscriptionRemoved = event('admin', 'subscription.removed', byStaff, {
  summary: 'a webhook was deleted',
  data: () => Data,
  example,
});

export const subscriptionStopped = event('admin', 'subscription.stopped', bySystem, {
  summary: 'a webhook was switched off: its receiver is gone, or accepted nothing for days',
  data: () => Data.extend({ reason: z.string() }),
  example: { ...example, state: 'off', reason: 'the receiver answered with 410' },
});

export const deliveryDue = event('timers', 'delivery.due', internal, {
  summary: 'an event is to be delivered to a webhook, or tried again',
  data: () => z.object({ attempt: z.int() }),
  example: { attempt: 1 },
});
