import { isPublicRecord } from '../customers/attributes/standing.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isObject, type Json } from '../shared/json.ts';
import type { Change } from '../shared/store/changes.ts';
import { decidedDaily } from '../shared/store/decision.ts';
import { type ChannelTopic, consents, effective, type StoredConsent } from './consent.ts';
import { isSameTopic } from './current-consents.ts';
import { decideConsent } from './decide-consent.ts';
import { topicsOf } from './topic.ts';

const preferencesIn = ({ consent }: Json): Json =>
  isObject(consent) && isObject(consent.categoryPreferences) ? consent.categoryPreferences : {};

/** as many as fit into the transaction of an identify call; the next call finds the others */
const mostChanges = 10;

/** a grant that needs a confirmation which cannot be sent is left to another channel */
const unlessRejected = (error: unknown): Change[] => {
  if (error instanceof ApiError) return [];
  throw error;
};

/** `isPublic`: told by a public key */
type Choices = { customer: StoredCustomer; context: Json; at: string; isPublic: boolean };

const source = 'tracker';

/** What a public key cannot grant: for a customer whom others know, or over a word that is not a tracker's. It may withdraw. */
const isBeyond = ({ customer, isPublic }: Choices, before: StoredConsent | undefined) =>
  isPublic && (!isPublicRecord(customer) || (before !== undefined && before.source !== source));

/** that grants were refused, once a day: a tracker repeats them with every call */
const refused = async ({ customer }: Choices, topics: string[], { store, actor }: Ctx): Promise<Change[]> => {
  if (!topics.length) return [];
  const names = [...new Set(topics)].sort().join(', ');
  const reasons = [`a public write key cannot grant consent to ${names}: the customer or a server has to`];
  return decidedDaily({ customerId: customer.id, kind: 'consent', outcome: 'refused', reasons, cause: actor }, store);
};

/** The consent changes that follow from a tracker's category preferences of an identified visitor. */
export const categoryConsents = async (told: Choices, ctx: Ctx): Promise<Change[]> => {
  const { customer, context, at } = told;
  const preferences = preferencesIn(context);
  if (!Object.values(preferences).some(choice => typeof choice === 'boolean')) return [];
  const topics = await topicsOf(ctx.store);
  const choices = topics.flatMap(({ topic, category, channels }) => {
    const granted = category === undefined ? undefined : preferences[category];
    if (typeof granted !== 'boolean') return [];
    return channels.map(channel => ({ on: { channel, topic }, granted, category }));
  });
  const keys = choices.map(({ on }) => ({ customerId: customer.id, ...on }));
  const current = await ctx.store.getAll(consents, keys);
  const beforeOn = (on: ChannelTopic) => current.find(one => isSameTopic(one, on));
  const differing = choices.filter(({ on, granted }) => {
    const before = beforeOn(on);
    // a later consent counts, and a tracker repeats the choice with every call
    if (before && before.at >= at) return false;
    const status = before && effective(before, ctx.now).status;
    return granted ? status !== 'granted' && status !== 'pending' : status !== 'withdrawn';
  });
  const beyond = differing.filter(({ on, granted }) => granted && isBeyond(told, beforeOn(on)));
  const changed = differing.filter(one => !beyond.includes(one));
  const decided = changed.slice(0, mostChanges).map(({ on, granted, category }) => {
    const status = granted ? ('granted' as const) : ('withdrawn' as const);
    const input = { status, source, proof: { category: category ?? null, at } };
    return decideConsent(ctx, { customer, on, input }).then(({ changes }) => changes, unlessRejected);
  });
  const names = beyond.map(({ on }) => on.topic);
  return [...(await Promise.all(decided)).flat(), ...(await refused(told, names, ctx))];
};
