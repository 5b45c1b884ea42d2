import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId, MessageId } from '../../events/ids.ts';
import { messageRequested } from '../../events/message.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { derivedId } from '../shared/store/derived-id.ts';
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
  templateId: z.string().optional(),
  campaignId: z.string().optional(),
  journeyId: z.string().optional(),
  /** which of several contents of a campaign or a split */
  variant: z.string().optional(),
  /** id of the trigger, case, order … that requested it */
  cause: z.string(),
  step: z.string(),
  attempts: z.int(),
  heldUntil: Instant.nullable(),
  /** of an opened or clicked one: a scanner or a proxy did it, and no person yet */
  machine: z.boolean().optional(),
  firstClick: z.object({ at: z.string(), link: z.string().optional() }).optional(),
  ...stamps,
});
export type Message = z.output<typeof Message>;

type Step = { customerId: string; cause: string; step: string };

/** The send ledger: of (customer, cause, step) there is one message, because it has the id that these give it. */
export const messageIdOf = ({ customerId, cause, step }: Step) => derivedId('message', customerId, cause, step);

const advancing: ReadonlySet<string> = new Set(['sending', 'sent', 'delivered', 'opened', 'clicked']);

/** the list that a state is on: those that a message passes through one after the other share one, so that it need not move */
export const listOf = (state: string) => (advancing.has(state) ? 'sent' : state);

const sort = ({ createdAt }: Message) => createdAt;

// not among the customer's owned records: they would fill the view of a customer with many messages
export const messages = entity('message', Message, {
  onMerge: 'follow',
  onErase: ({ channel, to }) => ({ emptied: to ? [suppressions.key({ channel, address: to }).of] : [] }),
  lists: {
    customer: { by: ({ customerId }) => customerId, sort },
    state: { by: ({ state }) => listOf(state), shards: 4, sort },
  },
});

export const MessageContent = z.object({
  id: MessageId,
  subject: z.string().optional(),
  html: z.string().optional(),
  text: z.string(),
  unsubscribeUrl: z.string().nullable(),
  autoSubmitted: messageRequested.data.shape.autoSubmitted,
});

export type MessageContent = z.output<typeof MessageContent>;

/** without one-time codes and signatures of links: a message that is sent again is rendered again */
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
