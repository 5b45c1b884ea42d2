import * as z from 'zod';
import { unknownPartition } from '../shared/events/anonymous-partition.ts';
import { Instant } from '../shared/http/contract.ts';
import { type Emitted, emit } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';
import type { Message } from './message.ts';
import { trackedTime } from './tracked-time.ts';

/** how long the behaviour of an identity that stays unknown is stored */
const unknownFor = 'P180D';

/** a message that was stored under another time than its own, so that it is recognised when it is sent again */
export const trackedMessages = entity('trackedMessage', z.object({ id: z.string(), at: Instant }), {
  onErase: 'not-personal',
  expires: ({ at }) => plus(at, 'P7D'),
});

const eventIdOf = (messageId: string) => derivedId('event', messageId);

/** A message as an event; `claim` where its key does not follow from the message, so that a repetition is recognised by the claim. */
export type Converted = { event: Emitted; claim?: { id: string; asSent: string | undefined } };

type To = { customerId: string | undefined; now: string; retention?: string | undefined };

export const toEvent = (message: Message, { customerId, now, retention }: To): Converted => {
  const { event: type, data, identity, messageId } = message;
  const { occurredAt, asSent, near } = trackedTime(message.times, Date.parse(now));
  const id = messageId === undefined ? undefined : eventIdOf(messageId);
  const of = unknownPartition(identity);
  const ends = retention && plus(occurredAt, retention);
  const place = customerId
    ? { customerId, about: customerId, ...(ends ? { until: ends } : {}) }
    : { about: of[1], of, until: [plus(now, unknownFor), ...(ends ? [ends] : [])].sort()[0] as string };
  const own = { ...(id ? { id } : {}), ...(near && asSent ? { sortedAt: asSent } : {}) };
  const event = emit(type, { ...place, ...own, data, occurredAt });
  return id && !near ? { event, claim: { id, asSent } } : { event };
};
