import { erasedAs } from '../customers/erased-identities.ts';
import type { ErasedIdentity, IdentityValue } from '../customers/identity.ts';
import type { Store } from '../shared/store/store.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { plus } from '../shared/time/duration.ts';
import type { Message } from './message.ts';
import { remembering } from './remembered.ts';
import { trackedTime } from './tracked-time.ts';

/** what no clock dates may have waited somewhere for so long: as long as a queue keeps it */
const undatedFor = 'P14D';

type ErasedAs = Pick<ErasedIdentity, 'customerId' | 'at'>;

const remembered = remembering<ErasedAs | null>();

type Data = { previousId?: unknown; traits?: { email?: unknown } };

/** all by which a message says whom it is of; a device beside a user id may be shared with others */
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

/** Whether a message is from before its customer was erased. `holder`: who is known by its identity now. */
const isFromBefore = ({ times }: Message, { at, customerId }: ErasedAs, holder: string | undefined, now: string) => {
  const dated = times.timestamp !== undefined || times.heardAt !== undefined;
  if (dated) return trackedTime(times, Date.parse(now)).occurredAt <= at;
  const isNew = holder !== undefined && holder !== customerId;
  return !isNew && now < plus(at, undatedFor);
};

type Asked = { store: Store; now: string; lastErased: string | undefined };

/** Which messages tell of somebody from before that one was erased. Nothing is asked where nobody ever was. */
export const erasedBefore = async (messages: Message[], holders: (string | undefined)[], asked: Asked) => {
  const { store, now, lastErased } = asked;
  if (!lastErased) return messages.map(() => false);
  const keyOf = ({ type, value }: IdentityValue) => `${store.tenant} ${type}:${value}`;
  const names = new Map(messages.flatMap(namesIn).map(one => [keyOf(one), one]));
  const found = new Map([...names.keys()].map(key => [key, remembered.get(key, now, lastErased)]));
  const missing = [...names].filter(([key]) => found.get(key) === undefined);
  const erased = await erasedAs(
    store,
    missing.map(([, one]) => one),
  );
  for (const [nth, [key]] of missing.entries()) {
    found.set(key, erased[nth] ?? null);
    remembered.put(key, erased[nth] ?? null, now);
  }
  return messages.map((message, nth) =>
    namesIn(message).some(one => {
      const was = found.get(keyOf(one));
      return was ? isFromBefore(message, was, holders[nth], now) : false;
    }),
  );
};
