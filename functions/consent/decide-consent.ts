import type { StoredCustomer } from '../customers/customer.ts';
import { mustBeRegistered } from '../customers/purpose.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { plus, toIso, toMs } from '../shared/time/duration.ts';
import { askedToConfirm } from './asked-to-confirm.ts';
import { type Consent, consents, type StoredConsent } from './consent.ts';
import { type Recorded, recorded, type Word } from './recorded.ts';
import type { SaidConsent } from './said-consent.ts';
import { standing } from './standing.ts';
import { type Topic, topicsOf } from './topic.ts';

export type Place = Pick<Consent, 'channel' | 'topic'>;

/** refuses a grant of what the company does not offer, or of what is over already */
const mustMakeSense = (said: SaidConsent, { channel, topic }: Place, declared: Topic | undefined, now: string) => {
  if (said.status !== 'granted') return;
  if (declared && !declared.channels.includes(channel)) {
    throw invalid([
      { path: 'channel', message: `${topic} is not sent by ${channel}, but by ${declared.channels.join(', ')}` },
    ]);
  }
  if (said.expiresAt && toMs(said.expiresAt) <= toMs(now)) {
    throw invalid([{ path: 'expiresAt', message: 'is in the past' }]);
  }
};

type Said = { said: SaidConsent; validity: string | undefined; declared: Topic | undefined };

const wordOf = (
  customer: StoredCustomer,
  place: Place,
  before: StoredConsent | undefined,
  given: Said,
  now: string,
) => {
  const { status, source, proof, wording, jurisdiction, ...said } = given.said;
  const { validity, declared } = given;
  const purpose = said.purpose ?? declared?.purpose;
  const lawfulBasis = said.lawfulBasis ?? declared?.basis;
  const expiresAt = said.expiresAt ? toIso(toMs(said.expiresAt)) : validity && plus(now, validity);
  const word: Word = {
    customerId: customer.id,
    ...place,
    status,
    source,
    ...(proof === undefined ? {} : { proof }),
    ...(purpose ? { purpose } : {}),
    ...(lawfulBasis ? { lawfulBasis } : {}),
    ...(wording ? { wording } : {}),
    ...(jurisdiction ? { jurisdiction } : {}),
    ...(expiresAt && status === 'granted' ? { expiresAt } : {}),
    ...(before?.request ? { request: before.request } : {}),
  };
  return word;
};

/** `ask`: a grant waits for the customer's confirmation, and a further link is sent, whatever the topic says */
type How = { ask?: boolean };

/** What is to be done about what a customer said: it counts at once, or, where the topic asks for it, once it is confirmed. */
export const decideConsent = async (
  ctx: Ctx,
  { customer, place, said }: { customer: StoredCustomer; place: Place; said: SaidConsent },
  { ask = false }: How = {},
): Promise<Recorded> => {
  const { now, store } = ctx;
  const [before, topics] = await Promise.all([
    store.get(consents, { customerId: customer.id, ...place }),
    topicsOf(store),
    mustBeRegistered(store, said.purpose),
  ]);
  const declared = topics.find(({ topic }) => topic === place.topic);
  mustMakeSense(said, place, declared, now);
  const granting = said.status === 'granted';
  const validity = said.expiresAt || !granting ? undefined : (said.validity ?? declared?.validity);
  const word = wordOf(customer, place, before, { said, validity, declared }, now);
  // whoever has agreed needs not confirm that it is to go on
  const agreed = before && standing(before, now).status === 'granted';
  const confirm = granting && !said.confirmed && !agreed && (ask || declared?.doubleOptIn);
  return confirm
    ? askedToConfirm({ customer, before, word, topic: declared, validity }, ctx, { again: ask })
    : recorded(ctx, before, word);
};
