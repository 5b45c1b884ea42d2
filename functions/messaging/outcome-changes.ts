import { newId } from '../../events/ids.ts';
import { messageDue, messageHeld, messageQueued, messageSkipped } from '../../events/message.ts';
import { type Change, created, emit, insert, put, schedule, update, updated } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { capsOn, type Outcome } from './choose-outcome.ts';
import { contactLocks, recentSends } from './contact.ts';
import { claims, contents, type Message, type MessageContent, messages, requests } from './message.ts';
import { about } from './said-of-message.ts';
import type { Asked, Gathered } from './what-is-known.ts';

/** a request, its message as it was stored before (if it was held) and as it will be */
export type Matter = Asked & { message: Message };

type Because = { reason: string; reasons: string[] };

export const newMessage = ({ request, customerId }: Asked, to: string | undefined, now: string): Message =>
  created(now, {
    id: newId('message', now),
    customerId: customerId as Message['customerId'],
    channel: request.channel,
    topic: request.topic,
    to: to ?? null,
    subject: null,
    state: 'queued' as const,
    reason: null,
    cause: request.cause,
    step: request.step,
    attempts: 0,
    heldUntil: null,
  });

/** the message as decided; a new one with its claim in the send ledger */
const stored = ({ before, message }: Matter, changed: Partial<Message>, now: string): Change[] => {
  if (before) return [update(messages, before, updated(now, before, changed))];
  const { id: messageId, customerId, cause, step } = message;
  return [
    insert(claims, { customerId, cause, step, messageId, at: now }),
    insert(messages, { ...message, ...changed }),
  ];
};

const logged = ({ customerId, cause }: Message, outcome: string, reasons: string[], now: string) =>
  decided(now, { customerId, kind: 'message', outcome, reasons, cause });

export const skipped = (matter: Matter, { reason, reasons }: Because, now: string): Change[] => {
  return [
    ...stored(matter, { state: 'skipped', reason, heldUntil: null }, now),
    logged(matter.message, 'skipped', reasons, now),
    emit(messageSkipped, about(matter.message, { reason })),
  ];
};

export const held = (
  matter: Matter,
  { until, reason, reasons }: Because & { until: string },
  now: string,
): Change[] => {
  const { message, request } = matter;
  return [
    ...stored(matter, { state: 'held', reason, heldUntil: until }, now),
    put(requests, { ...request, id: message.id }),
    logged(message, 'held', [...reasons, `held until ${until}`], now),
    emit(messageHeld, about(message, { until })),
    schedule(until, messageDue, { customerId: message.customerId, about: message.id, data: {} }),
  ];
};

/** whoever sends under a cap changes the lock: of two at once, one decides anew */
const counted = ({ customerId, channel, id, topic }: Message, known: Gathered, now: string): Change[] => {
  if (topic === null) return [];
  const { lock } = known;
  const locked = { customerId, version: (lock?.version ?? 0) + 1 };
  return [
    ...(capsOn(known).length ? [lock ? update(contactLocks, lock, locked) : insert(contactLocks, locked)] : []),
    put(recentSends, { customerId, messageId: id, channel, at: now }),
  ];
};

type Sending = { outcome: Extract<Outcome, { do: 'send' }>; known: Gathered; now: string };

export const queued = (
  matter: Matter,
  content: Omit<MessageContent, 'id'>,
  { outcome, known, now }: Sending,
): Change[] => {
  const { message } = matter;
  const to = known.to ?? null;
  return [
    ...counted(message, known, now),
    ...stored(matter, { state: 'queued', reason: null, heldUntil: null, to, subject: content.subject ?? null }, now),
    put(contents, { ...content, id: message.id }),
    logged(message, 'sent', outcome.reasons, now),
    emit(messageQueued, about(message)),
  ];
};
