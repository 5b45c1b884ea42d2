import type { TrackedIdentity } from '../../events/tracked.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import { erasedAs, lastErasedAt } from '../customers/erased-identities.ts';
import {
  type ErasedIdentity,
  type IdentityValue,
  identityMovesSeenWithinMs,
  lastIdentityMove,
} from '../customers/identity.ts';
import { customerIdsByIdentity } from '../customers/reads.ts';
import { cacheFor } from '../shared/cache.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Store } from '../shared/store/store.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { plus } from '../shared/time/duration.ts';
import type { Message } from './message.ts';
import { trackedTime } from './tracked-time.ts';

/** a queue keeps a message this long: one without a time may be that old */
const undatedFor = 'P14D';

const lifetimeMs = 5 * 60_000;
const most = 50_000;
const customers = cacheFor<string>(lifetimeMs, most);
const erasures = cacheFor<ErasedIdentity | 'none'>(lifetimeMs, most);
// short: the erasure itself looks for data that arrives while it runs
const lastChanges = cacheFor<Pick<Lookup, 'lastErased' | 'lastMoved'>>(identityMovesSeenWithinMs, most);

type Lookup = {
  store: Store;
  now: string;
  byServer: boolean;
  lastErased: string | undefined;
  lastMoved: string | undefined;
};

/** since when nothing that is remembered may have changed; both are read together */
export const lookupOf = async ({ store, now, actor }: Pick<Ctx, 'store' | 'now' | 'actor'>): Promise<Lookup> => {
  const stamps = await lastChanges.of(store.tenant, { now }, async () => {
    const [lastErased, lastMoved] = await Promise.all([lastErasedAt(store), lastIdentityMove(store)]);
    return { lastErased, lastMoved };
  });
  return { store, now, byServer: !isPublicActor(actor), ...stamps };
};

const keyOf = ({ tenant }: Store, { type, value }: IdentityValue) => `${tenant} ${type}:${value}`;

/**
 * Ids of the customers of identities, in their order: without a read when all are cached, else in one. Unknown ones are not
 * cached, nor devices, which go from one to another.
 */
export const customersBehind = async (identities: TrackedIdentity[], lookup: Lookup) => {
  const { store, now, byServer, lastErased, lastMoved } = lookup;
  const key = (one: TrackedIdentity) => `${keyOf(store, one)}${byServer ? ' by a server' : ''}`;
  const keys = new Map(identities.map(one => [key(one), one]));
  const since = [lastErased, lastMoved]
    .filter(at => at !== undefined)
    .sort()
    .at(-1);
  const lasting = ({ type }: TrackedIdentity) => type === 'externalId';
  const found = await customers.all(keys, { now, since, lasting }, missing =>
    customerIdsByIdentity(store, missing, { byServer }),
  );
  return identities.map(one => found.get(key(one)));
};

type Data = { previousId?: unknown; traits?: { email?: unknown } };

/** every identity in a message; not a device beside a user id, which others may share */
const namesIn = ({ identity, data }: Message): IdentityValue[] => {
  const { previousId, traits } = data as Data;
  const given: [IdentityValue['type'], unknown][] = [
    ['anonymousId', previousId],
    ['externalId', previousId],
    ['email', typeof traits?.email === 'string' ? normaliseEmail(traits.email) : undefined],
  ];
  const named = given.flatMap(([type, value]) => (typeof value === 'string' && value ? [{ type, value }] : []));
  return [identity, ...named];
};

/** Whether a message is from before its customer was erased. `holder`: the customer of its identity now. */
const isFromBefore = (
  { times }: Message,
  { at, customerId }: ErasedIdentity,
  holder: string | undefined,
  now: string,
) => {
  const dated = times.timestamp !== undefined || times.relayedAt !== undefined;
  if (dated) return trackedTime(times, Date.parse(now)).occurredAt <= at;
  const isNew = holder !== undefined && holder !== customerId;
  return !isNew && now < plus(at, undatedFor);
};

/** Which messages are about a customer from before it was erased. Without any erasure nothing is read. */
export const erasedBefore = async (messages: Message[], holders: (string | undefined)[], lookup: Lookup) => {
  const { store, now, lastErased: since } = lookup;
  if (!since) return messages.map(() => false);
  const keys = new Map(messages.flatMap(namesIn).map(one => [keyOf(store, one), one]));
  const found = await erasures.all(keys, { now, since }, async missing =>
    (await erasedAs(store, missing)).map(one => one ?? 'none'),
  );
  return messages.map((message, nth) =>
    namesIn(message).some(one => {
      const erased = found.get(keyOf(store, one));
      return erased && erased !== 'none' ? isFromBefore(message, erased, holders[nth], now) : false;
    }),
  );
};
