import { messageDue, messageHeld, messageSkipped } from '../../events/message.ts';
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
import { cleared, withoutCredentials } from './cleared.ts';
import { addressSends, contactLocks, recentSends, sentTo } from './contact-history.ts';
import type { DecisionFacts, Pending } from './facts.ts';
import { contents, Message, messages, requests } from './message.ts';
import type { Rendered } from './render-message.ts';
import { countedSend } from './sending-pause.ts';

export type Draft = Pending & { message: Message };

type Reasons = { reason: string; reasons: string[] };

export const newMessage = ({ id, request, ...given }: Pending, to: string | undefined, now: string): Message => {
  const { channel, topic, cause, step, templateId, campaignId, journeyId, variant } = request;
  const customerId = given.customerId as Message['customerId'];
  const origin = { templateId, campaignId, journeyId, variant };
  const asked = { customerId, channel, topic, cause, step, to: to ?? null, ...origin };
  return created(now, {
    ...nulls(Message),
    ...asked,
    id: id as Message['id'],
    state: 'queued' as const,
    attempts: 0,
  });
};

const storedAs = ({ before, message }: Draft, changed: Partial<Message>, now: string): Message =>
  before ? updated(now, before, { channel: message.channel, ...changed }) : { ...message, ...changed };

const stored = ({ before }: Draft, message: Message): Change =>
  before ? update(messages, before, message) : insert(messages, message);

/** the record of the decision about a message */
export const logged = ({ customerId, cause }: Message, outcome: string, reasons: string[], now: string) =>
  decided(now, { customerId, kind: 'message', outcome, reasons, cause });

export const skipped = (draft: Draft, { reason, reasons }: Reasons, now: string): Change[] => [
  stored(draft, storedAs(draft, { state: 'skipped', reason, heldUntil: null }, now)),
  logged(draft.message, 'skipped', reasons, now),
  eventOf(messageSkipped, draft.message, { reason }),
];

export const held = (draft: Draft, { until, reason, reasons }: Reasons & { until: string }, now: string): Change[] => {
  const { message, request } = draft;
  return [
    stored(draft, storedAs(draft, { state: 'held', reason, heldUntil: until }, now)),
    put(requests, { ...request, id: message.id }),
    logged(message, 'held', [...reasons, `held until ${until}`], now),
    eventOf(messageHeld, message, { until }),
    schedule(until, messageDue, { customerId: message.customerId, about: message.id, data: {} }),
  ];
};

/** whether it was given to no provider before: another attempt is no other send */
export const isFirst = ({ before }: Draft) => !before || before.state === 'held';

/** a send under a cap changes the lock: of two at once, one conflicts and is decided again */
const counted = (
  { customerId, channel, id, topic, campaignId }: Message,
  facts: DecisionFacts,
  now: string,
): Change[] => {
  if (topic === null) return [];
  const { lock, addressHistory: before } = facts;
  const locked = { customerId, version: (lock?.version ?? 0) + 1 };
  const isSerial = capsOn(facts).length > 0 || facts.settings.coolDown !== undefined;
  return [
    ...(isSerial ? [save(contactLocks, lock, locked)] : []),
    ...(before ? [save(addressSends, before.stored, sentTo(before, now))] : []),
    ...countedSend({ id, channel, topic, campaignId }, now),
    put(recentSends, { customerId, messageId: id, channel, at: now }),
  ];
};

type Sending = { outcome: Extract<Outcome, { do: 'send' }>; facts: DecisionFacts; now: string };

/** the message as it is given to the provider next */
export const sending = (draft: Draft, { content, code }: Rendered, { outcome, facts, now }: Sending) => {
  const message = storedAs(
    draft,
    {
      state: 'sending',
      reason: null,
      heldUntil: null,
      to: facts.to ?? null,
      subject: content.subject === undefined ? null : withoutCredentials(content.subject, code),
      attempts: draft.message.attempts + 1,
    },
    now,
  );
  const changes: Change[] = [
    ...(isFirst(draft) ? [...counted(message, facts, now), logged(message, 'sent', outcome.reasons, now)] : []),
    stored(draft, message),
    put(contents, cleared(content, code)),
  ];
  return { message, changes };
};
