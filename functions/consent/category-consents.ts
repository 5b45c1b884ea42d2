import type { StoredCustomer } from '../customers/customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isObject, type Json } from '../shared/json.ts';
import type { Change } from '../shared/store/changes.ts';
import { consents, effective } from './consent.ts';
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

/** `mayGrant`: a public key may withdraw, but not grant for a customer whom others know */
type Choices = { customer: StoredCustomer; context: Json; at: string; mayGrant: boolean };

/** The consent changes that follow from a tracker's category preferences of an identified visitor. */
export const categoryConsents = async ({ customer, context, at, mayGrant }: Choices, ctx: Ctx): Promise<Change[]> => {
  const preferences = preferencesIn(context);
  if (!Object.values(preferences).some(choice => typeof choice === 'boolean')) return [];
  const topics = await topicsOf(ctx.store);
  const choices = topics.flatMap(({ topic, category, channels }) => {
    const granted = category === undefined ? undefined : preferences[category];
    if (typeof granted !== 'boolean' || (granted && !mayGrant)) return [];
    return channels.map(channel => ({ on: { channel, topic }, granted, category }));
  });
  const keys = choices.map(({ on }) => ({ customerId: customer.id, ...on }));
  const current = await ctx.store.getAll(consents, keys);
  const changed = choices.filter(({ on, granted }) => {
    const before = current.find(one => isSameTopic(one, on));
    // a later consent counts, and a tracker repeats the choice with every call
    if (before && before.at >= at) return false;
    const status = before && effective(before, ctx.now).status;
    return granted ? status !== 'granted' && status !== 'pending' : status !== 'withdrawn';
  });
  const decided = changed.slice(0, mostChanges).map(({ on, granted, category }) => {
    const status = granted ? ('granted' as const) : ('withdrawn' as const);
    const input = { status, source: 'tracker', proof: { category: category ?? null, at } };
    return decideConsent(ctx, { customer, on, input }).then(({ changes }) => changes, unlessRejected);
  });
  return (await Promise.all(decided)).flat();
};
