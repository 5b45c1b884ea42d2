import * as z from 'zod';
import { Topic } from '../../events/customer.ts';
import { CustomerId, MessageId, newId } from '../../events/ids.ts';
import { Key, line, prose, UserId } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { created, updated } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';
import type { Progress } from './delivery-progress.ts';
import type { Message, MessageContent } from './message.ts';
import type { MessagingRules } from './settings.ts';

export const callOutcomes = ['reached', 'declined', 'noAnswer', 'busy', 'wrongNumber', 'doNotCall'] as const;

/** A message of the channel phone, which somebody says to the customer, or a call that was promised to it. */
export const Call = z.object({
  id: MessageId,
  customerId: CustomerId,
  topic: Topic.nullable(),
  to: z.string(),
  script: z.string(),
  queue: z.string().optional().describe('such as call-backs; of a message: its topic'),
  assignedTo: UserId.optional(),
  state: z.enum(['open', 'done']),
  dueAt: Instant,
  attempts: z.int(),
  outcome: z.enum(callOutcomes).optional(),
  note: z.string().optional(),
  ...stamps,
});
export type Call = z.output<typeof Call>;

export const CallEnd = z.strictObject({ outcome: z.enum(callOutcomes), note: prose(2_000).optional() });

export const CallFields = z.strictObject({
  customerId: CustomerId,
  queue: Key,
  script: prose(2_000).describe('what it is about'),
  dueAt: Instant.optional().describe('default: now'),
  to: line(30).optional().describe('default: the phone number of the customer'),
  assignedTo: UserId.optional(),
});

export const calls = entity('call', Call, {
  onMerge: 'follow',
  onErase: 'delete',
  area: 'messages',
  owner: ({ state, customerId }) => (state === 'open' ? customerId : undefined),
  lists: {
    state: { by: ({ state }) => state, sort: ({ dueAt }) => dueAt },
    queue: { by: ({ state, queue }) => (state === 'open' ? queue : undefined), sort: ({ dueAt }) => dueAt },
  },
});

export const newCall = ({ id, customerId, topic, to }: Message, { text }: MessageContent, now: string): Call =>
  created(now, {
    ...{ id, customerId, topic, to: to ?? '', script: text, ...(topic && { queue: topic }) },
    ...{ state: 'open' as const, dueAt: now, attempts: 0 },
  });

type Asked = Omit<z.output<typeof CallFields>, 'to'> & { to: string };

/** a call that no message is said in */
export const promisedCall = (now: string, fields: Asked): Call => {
  const its = { id: newId('message', now), topic: null, state: 'open' as const, attempts: 0 };
  return created(now, { dueAt: now, ...fields, ...its });
};

const progressOf: Record<(typeof callOutcomes)[number], Progress> = {
  reached: { state: 'delivered', reason: null, permanent: false },
  declined: { state: 'delivered', reason: 'declined', permanent: false },
  noAnswer: { state: 'failed', reason: 'not reached by phone', permanent: false },
  busy: { state: 'failed', reason: 'not reached by phone', permanent: false },
  wrongNumber: { state: 'bounced', reason: 'not the number of the customer', permanent: true },
  doNotCall: { state: 'complained', reason: 'asked not to be called', permanent: true },
};

/** What an attempt comes to: the call again later, or its end and that of its message. Pure. */
export const ended = (
  call: Call,
  { outcome, note }: z.output<typeof CallEnd>,
  { retryAfter, attempts: most }: NonNullable<MessagingRules['calls']>,
  now: string,
): { after: Call; progress?: Progress } => {
  const attempts = call.attempts + 1;
  const fields = { attempts, outcome, ...(note ? { note } : {}) };
  const isAgain = (outcome === 'noAnswer' || outcome === 'busy') && attempts < most;
  if (isAgain) return { after: updated(now, call, { ...fields, dueAt: plus(now, retryAfter) }) };
  return { after: updated(now, call, { ...fields, state: 'done' }), progress: progressOf[outcome] };
};
