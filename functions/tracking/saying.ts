import { createHash } from 'node:crypto';
import { idFrom } from '../../events/ids.ts';
import { unknownPartition } from '../shared/events/anonymous-partition.ts';
import { type Emitted, emit } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import type { Message } from './message.ts';
import { trackedTime } from './tracked-time.ts';

/** how long the behaviour of somebody who stays unknown is kept */
const unknownDays = 180;

/** the id of the event that a message becomes */
export const eventIdOf = (messageId: string) => idFrom('event', createHash('sha256').update(messageId).digest());

/** A message as an event item; `claim` where the item's key does not follow from the message, so that a repetition needs another proof. */
export type Said = { saying: Emitted; claim?: { id: string; asSent: string | undefined } };

/**
 * What is said of a message, in the customer's partition or in that of the still unknown identity; `kept`: how long behaviour
 * is kept.
 */
export const sayingOf = (message: Message, customerId: string | undefined, now: string, kept?: string): Said => {
  const { event, data, identity, messageId } = message;
  const { occurredAt, asSent, near } = trackedTime(message.times, Date.parse(now));
  const id = messageId === undefined ? undefined : eventIdOf(messageId);
  const of = unknownPartition(identity);
  const ends = kept && plus(occurredAt, kept);
  const place = customerId
    ? { customerId, about: customerId, ...(ends ? { until: ends } : {}) }
    : { about: of[1], of, until: [later(now, unknownDays), ...(ends ? [ends] : [])].sort()[0] as string };
  const own = { ...(id ? { id } : {}), ...(near && asSent ? { sortedAt: asSent } : {}) };
  const saying = emit(event, { ...place, ...own, data, occurredAt });
  return id && !near ? { saying, claim: { id, asSent } } : { saying };
};

const later = (now: string, days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString();
