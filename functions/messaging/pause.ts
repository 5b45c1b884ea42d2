import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import type { Message } from './message.ts';

/** A topic or a campaign whose messages wait because too many bounced or were marked as spam. */
export const Pause = z.object({
  id: z.string().describe('of the campaign, or the topic'),
  channel: Channel,
  topic: Topic.optional(),
  campaignId: z.string().optional(),
  at: Instant,
  reason: z.string(),
});
export type Pause = z.output<typeof Pause>;

export const pauses = entity('sending-pause', Pause, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['sending-pause', 'all'], part: id }),
});

const Stop = z.object({
  id: z.string(),
  state: z.enum(['paused', 'running', 'cancelled']),
  at: Instant,
  version: z.int().min(1),
});
export type Stop = z.output<typeof Stop>;

/** Whether a campaign that was stopped sends what waits, as its events say. */
export const campaignStops = entity('campaign-stop', Stop, { onErase: 'not-personal' });

export type Scoped = Pick<Message, 'topic' | 'campaignId'>;

/** what is paused with the message: its campaign, or else its topic; what is transactional goes on */
export const scopeOf = ({ topic, campaignId }: Scoped) => (topic === null ? undefined : (campaignId ?? topic));

/** an alarm watches the log for it */
export const sendingStopped = 'sending was paused';
