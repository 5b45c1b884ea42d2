import type { StoredCustomer } from '../customers/customer.ts';
import { mustBeRegistered } from '../customers/purpose.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { didYouMean } from '../shared/text/did-you-mean.ts';
import { plus, toIso, toMs } from '../shared/time/duration.ts';
import { type ChannelTopic, consents, effective } from './consent.ts';
import type { ConsentInput } from './consent-input.ts';
import { type ConsentChange, type ConsentFields, recordConsent } from './record-consent.ts';
import { requestConfirmation } from './request-confirmation.ts';
import { type Topic, topicsOf } from './topic.ts';

/** rejects a grant on a channel that the topic does not have, or one that has expired */
const mustBeGrantable = (
  input: ConsentInput,
  { channel, topic }: ChannelTopic,
  declared: Topic | undefined,
  now: string,
) => {
  if (input.status !== 'granted') return;
  if (declared && !declared.channels.includes(channel)) {
    const message = `is not a channel of ${topic}; its channels are ${declared.channels.join(', ')}`;
    throw invalid([{ path: 'channel', message }]);
  }
  if (input.expiresAt && toMs(input.expiresAt) <= toMs(now)) {
    throw invalid([{ path: 'expiresAt', message: 'is in the past' }]);
  }
};

type Decision = { customer: StoredCustomer; on: ChannelTopic; input: ConsentInput };

/** the fields of a consent; what the input leaves out comes from the topic */
const fieldsOf = (
  { customer, on, input }: Decision,
  { declared, validity, now }: { declared: Topic | undefined; validity: string | undefined; now: string },
): ConsentFields => {
  const { status, source, proof, wording, jurisdiction } = input;
  const purpose = input.purpose ?? declared?.purpose;
  const lawfulBasis = input.lawfulBasis ?? declared?.basis;
  const end = input.expiresAt ? toIso(toMs(input.expiresAt)) : validity && plus(now, validity);
  const expiresAt = status === 'granted' ? end : undefined;
  const terms = { source, proof, purpose, lawfulBasis, wording, jurisdiction, expiresAt };
  return { customerId: customer.id, ...on, status, ...terms };
};

/**
 * The consent that follows from a grant or withdrawal: it counts at once or, where the topic requires it, once confirmed.
 * `ask`: a grant has to be confirmed and another link is sent, whatever the topic requires.
 */
export const decideConsent = async (
  ctx: Ctx,
  decision: Decision,
  { ask = false }: { ask?: boolean } = {},
): Promise<ConsentChange> => {
  const { now, store } = ctx;
  const { customer, on, input } = decision;
  const [before, topics] = await Promise.all([
    store.get(consents, { customerId: customer.id, ...on }),
    topicsOf(store),
    mustBeRegistered(store, input.purpose),
  ]);
  const declared = topics.find(({ topic }) => topic === on.topic);
  mustBeGrantable(input, on, declared, now);
  const isGrant = input.status === 'granted';
  const validity = input.expiresAt || !isGrant ? undefined : (input.validity ?? declared?.validity);
  const fields = { ...fieldsOf(decision, { declared, validity, now }), request: before?.request };
  // a renewal needs no confirmation
  const isRenewal = before && effective(before, now).status === 'granted';
  const confirm = isGrant && !input.confirmed && !isRenewal && (ask || declared?.doubleOptIn);
  return confirm
    ? requestConfirmation({ customer, before, fields, topic: declared, validity }, ctx, { again: ask })
    : recordConsent(ctx, before, fields);
};

/** a consent to a topic that is not declared counts for those who name it so: where others are declared, it may be a slip */
const warnOfTopic = async (topic: string, { store, warnings }: Ctx) => {
  const declared = (await topicsOf(store)).map(one => one.topic);
  if (!declared.length || declared.includes(topic)) return;
  warnings.push({ path: 'topic', message: `the topic ${topic} is not declared${didYouMean(topic, declared)}` });
};

export const saveConsent = async (ctx: Ctx, decision: Decision) => {
  await warnOfTopic(decision.on.topic, ctx);
  const { consent, changes } = await decideConsent(ctx, decision);
  return ctx.store.commit(changes, consent);
};
