import type { StoredCustomer } from '../customers/customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isObject, type Json } from '../shared/json.ts';
import type { Change } from '../shared/store/changes.ts';
import { consents } from './consent.ts';
import { decideConsent, type Place } from './decide-consent.ts';
import { standing } from './standing.ts';
import { topicsOf } from './topic.ts';

const preferencesIn = ({ consent }: Json): Json =>
  isObject(consent) && isObject(consent.categoryPreferences) ? consent.categoryPreferences : {};

/** as many as fit the transaction of an identify call; the next call finds the others */
const mostChanges = 10;

/** a topic that asks for a confirmation which cannot be sent is left to another way */
const unlessRefused = (error: unknown): Change[] => {
  if (error instanceof ApiError) return [];
  throw error;
};

type Said = { customer: StoredCustomer; context: Json; at: string };

/** What is to be done about what a visitor who is known said of categories that topics are declared under. */
export const categoryConsents = async ({ customer, context, at }: Said, ctx: Ctx): Promise<Change[]> => {
  const preferences = preferencesIn(context);
  if (!Object.values(preferences).some(said => typeof said === 'boolean')) return [];
  const topics = await topicsOf(ctx.store);
  const asked = topics.flatMap(({ topic, category, channels }) => {
    const said = category === undefined ? undefined : preferences[category];
    if (typeof said !== 'boolean') return [];
    return channels.map(channel => ({ place: { channel, topic } as Place, said, category }));
  });
  const there = await ctx.store.getAll(
    consents,
    asked.map(({ place }) => ({ customerId: customer.id, ...place })),
  );
  const told = asked.filter(({ place, said }) => {
    const before = there.find(one => one.channel === place.channel && one.topic === place.topic);
    // a later word counts, and a visitor says the same with every call
    if (before && before.at >= at) return false;
    const status = before && standing(before, ctx.now).status;
    return said ? status !== 'granted' && status !== 'pending' : status !== 'withdrawn';
  });
  const decided = await Promise.all(
    told.slice(0, mostChanges).map(({ place, said, category }) => {
      const status = said ? ('granted' as const) : ('withdrawn' as const);
      const word = { status, source: 'tracker', proof: { category: category ?? null, at } };
      return decideConsent(ctx, { customer, place, said: word }).then(one => one.changes, unlessRefused);
    }),
  );
  return decided.flat();
};
