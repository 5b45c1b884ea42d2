import * as z from 'zod';
import type { TimelineEvent } from '../customers/timeline-event.ts';
import { Instant } from '../shared/http/contract.ts';

export const Touch = z.object({
  at: Instant,
  type: z.string(),
  direction: z.enum(['in', 'out']).describe('whether the customer turned to the company, or the company to it'),
  actor: z.string(),
  about: z.string(),
});
export type Touch = z.output<typeof Touch>;

type Direction = Touch['direction'];

/** the events that are contact between a customer and the company; all others are bookkeeping */
const touches: Record<string, Direction | ((data: unknown) => Direction | undefined)> = {
  'activity.recorded': data => (data as { direction?: Direction }).direction,
  'case.acknowledged': 'out',
  'case.opened': 'in',
  'case.rated': 'in',
  'case.replied': data => ((data as { from?: string }).from === 'agent' ? 'out' : 'in'),
  'customer.signed-in': 'in',
  'message.clicked': 'in',
  'message.opened': 'in',
  'message.sent': 'out',
  'message.unsubscribed': 'in',
  'order.created': 'in',
  'tracked.page': 'in',
  'tracked.screen': 'in',
  'tracked.track': 'in',
};

/** the latest contact, of the events that the view shows; null: none of them was one */
export const lastTouch = (timeline: TimelineEvent[]): Touch | null => {
  for (const { occurredAt, type, actor, about, data } of timeline) {
    const touch = touches[type];
    const direction = typeof touch === 'function' ? touch(data) : touch;
    if (direction) return { at: occurredAt, type, direction, actor, about };
  }
  return null;
};
