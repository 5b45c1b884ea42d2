import { createHash } from 'node:crypto';
import * as z from 'zod';
import { idFrom } from '../../events/ids.ts';
import { unknownPartition } from '../shared/events/anonymous-partition.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant } from '../shared/http/contract.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { type Emitted, emit, insert } from '../shared/store/changes.ts';
import { entity, eventPart } from '../shared/store/entity.ts';
import { AlreadyExists } from '../shared/store/transaction.ts';
import { plus } from '../shared/time/duration.ts';
import { customersBehind, erasedBefore, lastErased } from './known-identities.ts';
import type { Message, Rejected } from './message.ts';
import { trackedTime } from './tracked-time.ts';

/** how long the behaviour of an identity that stays unknown is stored */
const unknownFor = 'P180D';

/** a message that was stored under another time than its own, so that it is recognised when it is sent again */
export const trackedMessages = entity('trackedMessage', z.object({ id: z.string(), at: Instant }), {
  onErase: 'not-personal',
  expires: ({ at }) => plus(at, 'P7D'),
});

const eventIdOf = (messageId: string) => idFrom('event', createHash('sha256').update(messageId).digest());

/** A message as an event; `claim` where its key does not follow from the message, so that a repetition is recognised by the claim. */
type Converted = { event: Emitted; claim?: { id: string; asSent: string | undefined } };

type To = { customerId: string | undefined; now: string; retention?: string | undefined };

const toEvent = (message: Message, { customerId, now, retention }: To): Converted => {
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

const concurrent = 20;

type Claimed = Required<Converted>;

/** a message with a key that cannot be derived from it: stored with a claim of its id, in one transaction */
const storeOnce = async ({ event, claim: { id, asSent } }: Claimed, { store, now }: Ctx) => {
  if (asSent) {
    // it may have come before, in time to be stored under its own time
    const of: [string, string] = event.of ?? ['customer', event.customerId ?? ''];
    const part = eventPart(asSent, id);
    if ((await store.partition(of, { limit: 1, within: { from: part, to: part } })).items.length) return;
  }
  try {
    await store.commit([insert(trackedMessages, { id, at: now }), event]);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
};

const rejected = ({ index, kind }: Message): Rejected => ({
  index,
  type: kind,
  messageId: null, // it may name the person
  reason: 'is from before its customer was erased',
});

/**
 * Stores messages as events, each once, however often it is sent. Most cost one write each and no read; one with a message id
 * but without a reliable time costs a transaction. Returns those about customers that were erased since.
 */
export const storeMessages = async (given: Message[], retention: string | undefined, ctx: Ctx): Promise<Rejected[]> => {
  const { store, now } = ctx;
  const lookup = { store, now, lastErased: await lastErased(store, now) };
  const identities = given.map(({ identity }) => identity);
  const customerIds = await customersBehind(identities, lookup);
  const late = await erasedBefore(given, customerIds, lookup);
  const converted = given.flatMap((message, nth) =>
    late[nth] ? [] : [toEvent(message, { customerId: customerIds[nth], now, retention })],
  );
  const claimed = converted.filter((one): one is Claimed => one.claim !== undefined);
  const once = [...new Map(claimed.map(one => [one.claim.id, one])).values()];
  await mapConcurrent(once, concurrent, one => storeOnce(one, ctx));
  // last: a message without an id must not be written twice when something before it is repeated
  await store.append(converted.filter(({ claim }) => !claim).map(({ event }) => event));
  return given.filter((_, nth) => late[nth]).map(rejected);
};
