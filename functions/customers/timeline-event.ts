import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';

/** an event as timelines show it */
export const TimelineEvent = z.object({
  id: z.string(),
  type: z.string(),
  occurredAt: Instant,
  actor: z.string(),
  about: z.string(),
  contact: z
    .enum(['in', 'out'])
    .optional()
    .describe('whether the customer turned to the company, or the company to it'),
  data: z.unknown(),
});
export type TimelineEvent = z.output<typeof TimelineEvent>;
