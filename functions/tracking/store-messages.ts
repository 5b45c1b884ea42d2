import type { Ctx } from '../shared/http/context.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { insert } from '../shared/store/changes.ts';
import { eventPart } from '../shared/store/entity.ts';
import { AlreadyExists } from '../shared/store/transaction.ts';
import { customersBehind, erasedBefore, lookupOf } from './known-identities.ts';
import type { Message, Rejected } from './message.ts';
import type { Rules } from './recording-rules.ts';
import { rememberNames } from './remember-names.ts';
import { type Converted, toEvent, trackedMessages } from './to-event.ts';
import { visitsDue } from './visits-due.ts';

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
export const storeMessages = async (
  given: Message[],
  { retention, sessions }: Pick<Rules, 'retention' | 'sessions'>,
  ctx: Ctx,
): Promise<Rejected[]> => {
  const { store, now } = ctx;
  const lookup = await lookupOf(ctx);
  const identities = given.map(({ identity }) => identity);
  const customerIds = await customersBehind(identities, lookup);
  const late = await erasedBefore(given, customerIds, lookup);
  const converted = given.flatMap((message, nth) =>
    late[nth]
      ? []
      : [{ ...toEvent(message, { customerId: customerIds[nth], now, retention }), identity: message.identity }],
  );
  const claimed = converted.filter((one): one is typeof one & Claimed => one.claim !== undefined);
  const once = [...new Map(claimed.map(one => [one.claim.id, one])).values()];
  await mapConcurrent(once, concurrent, one => storeOnce(one, ctx));
  // last: a message without an id must not be written twice when something before it is repeated
  const events = converted.filter(({ claim }) => !claim).map(({ event }) => event);
  await store.append([...events, ...visitsDue(converted, sessions, now)]);
  await rememberNames(given, ctx);
  return given.filter((_, nth) => late[nth]).map(rejected);
};
