import * as z from 'zod';
import { Channel, Topic } from './customer.ts';
import { event } from './define.ts';

/** what is said, in Liquid; an e-mail has a subject */
export const Content = z.object({ subject: z.string().optional(), body: z.string() });

export const messageRequested = event('messaging', 'message.requested', {
  summary: 'a context wants a customer to be told something; messaging decides whether, when and how',
  data: z.object({
    channel: Channel,
    /** null: transactional, needs no consent and counts against no cap */
    topic: Topic.nullable(),
    /** either a template or content of one's own */
    templateId: z.string().optional(),
    content: Content.optional(),
    /** id of the trigger, case, order … that wants it */
    cause: z.string().min(1),
    /** (customer, cause, step) has at most one message, however often it is requested */
    step: z.string().min(1),
    /** further Liquid variables */
    scope: z.record(z.string(), z.unknown()).optional(),
    /** the event that led to it, for `{{ event }}` */
    event: z.record(z.string(), z.unknown()).optional(),
  }),
  example: {
    channel: 'email',
    topic: 'newsletter',
    templateId: 'tpl_01jd5e7k3m9q2r4t6v8w0x1y2z',
    cause: 'trg_01jd5e7k3m9q2r4t6v8w0x1y2z',
    step: 'evt_01jd5e7k3m9q2r4t6v8w0x1y2z#0',
    event: { type: 'tracked.track', data: { event: 'Product Viewed', properties: { sku: 'AX-7' } } },
  },
});
