import { newId } from '../../events/ids.ts';
import { messageDue, messageHeld, messageQueued, messageSkipped } from '../../events/message.ts';
import {
  type Change,
  created,
  eventOf,
  insert,
  put,
  save,
  schedule,
  update,
  updated,
} from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { nulls } from '../shared/store/records.ts';
import { capsOn, type Outcome } from './choose-outcome.ts';
import { contactLocks, recentSends } from './contact-history.ts';
import type { DecisionFacts, Pending } from './facts.ts';
import { claims, contents, Message, type MessageContent, messages, requests } from './message.ts';

export type Draft = Pending & { message: Message };

type Reasons = { reason: string; reasons: string[] };

export const newMessage = ({ request, customerId: id }: Pending, to: string | undefined, now: string): Message => {
  const { channel, topic, cause, step } = request;
  const customerId = id as Message['customerId'];
  const asked = { customerId, channel, topic, cause, step, to: to ?? null };
  return created(now, {
    ...nulls(Message),
    ...asked,
    id: newId('message', now),
    state: 'queued' as const,
    attempts: 0,
  });
};

const stored = ({ before, message }: Draft, changed: Partial<Message>, now: string): Change[] => {
  if (before) return [update(messages, before, updated(now, before, changed))];
  const { id: messageId, customerId, cause, step } = message;
  return [
    insert(claims, { customerId, cause, step, messageId, at: now }),
    insert(messages, { ...message, ...changed }),
  ];
};

/** the record of the decision about a message */
export const logged = ({ customerId, cause }: Message, outcome: string, reasons: string[], now: string) =>
  decided(now, { customerId, kind: 'message', outcome, reasons, cause });

export const skipped = (draft: Draft, { reason, reasons }: Reasons, now: string): Change[] => [
  ...stored(draft, { state: 'skipped', reason, heldUntil: null }, now),
  logged(draft.message, 'skipped', reasons, now),
  eventOf(messageSkipped, draft.message, { reason }),
];

export const held = (draft: Draft, { until, reason, reasons }: Reasons & { until: string }, now: string): Change[] => {
  const { message, request } = draft;
  return [
    ...stored(draft, { state: 'held', reason, heldUntil: until }, now),
    put(requests, { ...request, id: message.id }),
    logged(message, 'held', [...reasons, `held until ${until}`], now),
    eventOf(messageHeld, message, { until }),
    schedule(until, messageDue, { customerId: message.customerId, about: message.id, data: {} }),
  ];
};

/** a send under a cap changes the lock: of two at once, one conflicts and is decided again */
const counted = ({ customerId, channel, id, topic }: Message, facts: DecisionFacts, now: string): Change[] => {
  if (topic === null) return [];
  const { lock } = facts;
  const locked = { customerId, version: (lock?.version ?? 0) + 1 };
  return [
    ...(capsOn(facts).length ? [save(contactLocks, lock, locked)] : []),
    put(recentSends, { customerId, messageId: id, channel, at: now }),
  ];
};

type Sending = { outcome: Extract<Outcome, { do: 'send' }>; facts: DecisionFacts; now: string };

export const queued = (
  draft: Draft,
  content: Omit<MessageContent, 'id'>,
  { outcome, facts, now }: Sending,
): Change[] => {
  const { message } = draft;
  const to = facts.to ?? null;
  return [
    ...counted(message, facts, now),
    ...stored(draft, { state: 'queued', reason: null, heldUntil: null, to, subject: content.subject ?? null }, now),
    put(contents, { ...content, id: message.id }),
    logged(message, 'sent', outcome.reasons, now),
    eventOf(messageQueued, message),
  ];
};
