import type { Ctx } from '../shared/http/context.ts';
import { insert } from '../shared/store/changes.ts';
import { eventPart } from '../shared/store/entity.ts';
import { AlreadyExists } from '../shared/store/transaction.ts';
import { customersBehind } from './customers-behind.ts';
import { erasedBefore } from './erased-before.ts';
import { lastErased } from './last-erased.ts';
import type { Message, Rejected } from './message.ts';
import { type Said, sayingOf } from './saying.ts';
import { trackedMessages } from './tracked-message.ts';

/** transactions under way at once */
const abreast = 20;

type Claimed = Required<Said>;

/** one message whose place does not follow from itself: stored with a claim of its id, in one transaction */
const storeOnce = async ({ saying, claim: { id, asSent } }: Claimed, { store, now }: Ctx) => {
  if (asSent) {
    // it may have come before in time to be filed under its own time
    const of: [string, string] = saying.of ?? ['customer', saying.customerId ?? ''];
    const part = eventPart(asSent, id);
    if ((await store.partition(of, { limit: 1, within: { from: part, to: part } })).items.length) return;
  }
  try {
    await store.commit([insert(trackedMessages, { id, at: now }), saying]);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
};

const rejected = ({ index, kind }: Message): Rejected => ({
  index,
  type: kind,
  messageId: null, // it may say whose it was
  reason: 'is from before its customer was erased',
});

/**
 * Stores messages as events: each once, however often it is sent. The most part costs one write each and no read; what
 * has a message id but no dependable time costs a transaction. Gives those that are of somebody erased since.
 */
export const storeMessages = async (given: Message[], kept: string | undefined, ctx: Ctx): Promise<Rejected[]> => {
  const { store, now } = ctx;
  const asked = { store, now, lastErased: await lastErased(store, now) };
  const identities = given.map(({ identity }) => identity);
  const customerIds = await customersBehind(identities, asked);
  const late = await erasedBefore(given, customerIds, asked);
  const said = given.flatMap((message, nth) => (late[nth] ? [] : [sayingOf(message, customerIds[nth], now, kept)]));
  const claimed = said.filter((one): one is Claimed => one.claim !== undefined);
  const once = [...new Map(claimed.map(one => [one.claim.id, one])).values()];
  for (let at = 0; at < once.length; at += abreast) {
    await Promise.all(once.slice(at, at + abreast).map(one => storeOnce(one, ctx)));
  }
  // last, because what has no message id must not be written twice when something before it is done again
  await store.append(said.filter(({ claim }) => !claim).map(({ saying }) => saying));
  return given.filter((_, nth) => late[nth]).map(rejected);
};
