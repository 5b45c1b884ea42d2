import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId, MessageId } from '../../events/ids.ts';
import { messageRequested } from '../../events/message.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { suppressions } from './contact-history.ts';

export const states = [
  'skipped',
  'held',
  'queued',
  'sending',
  'failed',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'bounced',
  'complained',
] as const;

export const Message = z.object({
  id: MessageId,
  customerId: CustomerId,
  channel: Channel,
  topic: Topic.nullable(),
  to: z.string().nullable(),
  subject: z.string().nullable(),
  state: z.enum(states),
  /** why it was skipped, held, rejected or bounced */
  reason: z.string().nullable(),
  /** id of the trigger, case, order … that requested it */
  cause: z.string(),
  step: z.string(),
  attempts: z.int(),
  heldUntil: Instant.nullable(),
  ...stamps,
});
export type Message = z.output<typeof Message>;

// not among the customer's owned records: they would fill the view of a customer with many messages
export const messages = entity('message', Message, {
  onMerge: 'follow',
  onErase: ({ channel, to, ...claim }) => ({
    emptied: [claims.key(claim).of, ...(to ? [suppressions.key({ channel, address: to }).of] : [])],
  }),
  lists: {
    customer: { by: ({ customerId }) => customerId },
    state: { by: ({ state }) => state, shards: 4 },
  },
});

export const MessageContent = z.object({
  id: MessageId,
  subject: z.string().optional(),
  html: z.string().optional(),
  text: z.string(),
  unsubscribeUrl: z.string().nullable(),
  autoSubmitted: messageRequested.data.shape.autoSubmitted,
  /** the one-time code in it, until the message is sent */
  code: z.string().optional(),
});

export type MessageContent = z.output<typeof MessageContent>;

export const contents = entity('message-content', MessageContent, {
  onErase: 'delete',
  area: 'messages',
  key: ({ id }: { id: string }) => ({ of: ['message', id], part: 'content' }),
});

const MessageRequest = messageRequested.data.extend({ id: MessageId });

export const requests = entity('message-request', MessageRequest, {
  onErase: 'delete',
  area: 'messages',
  key: ({ id }: { id: string }) => ({ of: ['message', id], part: 'request' }),
});

type Step = { customerId: string; cause: string; step: string };

/** The send ledger: (customer, cause, step) is claimed once, by its one message. */
export const claims = entity(
  'send',
  z.object({ customerId: CustomerId, cause: z.string(), step: z.string(), messageId: MessageId, at: Instant }),
  {
    onErase: 'delete',
    area: 'messages',
    key: ({ customerId, cause, step }: Step) => ({
      of: ['send', JSON.stringify([customerId, cause, step])],
      part: '~',
    }),
  },
);
