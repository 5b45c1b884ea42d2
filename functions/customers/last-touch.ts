import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import type { TimelineEvent } from './timeline-event.ts';

export const Touch = z.object({
  at: Instant,
  type: z.string(),
  direction: z.enum(['in', 'out']).describe('whether the customer turned to the company, or the company to it'),
  actor: z.string(),
  about: z.string(),
});
export type Touch = z.output<typeof Touch>;

/** the latest contact, of the events that the view shows; null: none of them was one */
export const lastTouch = (timeline: TimelineEvent[]): Touch | null => {
  const touch = timeline.find(({ contact }) => contact);
  if (!touch?.contact) return null;
  const { occurredAt: at, type, contact: direction, actor, about } = touch;
  return { at, type, direction, actor, about };
};
