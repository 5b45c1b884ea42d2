import { identityLinked } from '../../events/customer.ts';
import { type Change, insert, say } from '../shared/changes.ts';
import type { Ctx } from '../shared/context.ts';
import type { Reaction } from '../shared/contract.ts';
import { listen } from '../shared/listen.ts';
import { parse } from '../shared/parse.ts';
import { hears } from './contract.ts';
import { type Customer, customers, identities, Profile } from './customer.ts';
import { acceptable, changed, created } from './profile.ts';
import { profileOfTraits } from './traits.ts';

type Identities = { userId: string | null; anonymousId: string | null };

/** what links an identity that nobody holds yet */
const linking = (
  now: string,
  { id }: Customer,
  { userId, anonymousId }: Identities,
  linked: { anonymous: boolean; external: boolean },
): Change[] => {
  const changes: Change[] = [];
  if (anonymousId && !linked.anonymous) {
    changes.push(insert(identities, { id, type: 'anonymousId', value: anonymousId, since: now }));
    changes.push(
      say(identityLinked, {
        customerId: id,
        about: id,
        data: { identity: { type: 'anonymousId', value: anonymousId } },
      }),
    );
  }
  if (userId && !linked.external) {
    changes.push(
      say(identityLinked, { customerId: id, about: id, data: { identity: { type: 'externalId', value: userId } } }),
    );
  }
  return changes;
};

const holdersOf = async ({ store }: Ctx, { userId, anonymousId }: Identities, email: unknown) => {
  const [byUserId, byEmail, byAnonymousId] = await store.holders([
    { entity: customers, unique: 'externalId', value: userId ?? '' },
    { entity: customers, unique: 'email', value: typeof email === 'string' ? email.trim().toLowerCase() : '' },
    { entity: identities, unique: 'value', value: `anonymousId:${anonymousId ?? ''}` },
  ]);
  return { byUserId, byEmail, byAnonymousId };
};

export const identifyCustomer: Reaction<typeof hears.identifyCustomer> = async ({ data }, ctx) => {
  const { now, store } = ctx;
  const profile = profileOfTraits(data.traits);
  const { byUserId, byEmail, byAnonymousId } = await holdersOf(ctx, data, profile.email);
  const anonymousHolder = data.userId || profile.email ? undefined : byAnonymousId;
  const id = byUserId ?? byEmail ?? anonymousHolder;
  const before = id ? await store.get(customers, { id }) : undefined;
  if (!before && !data.userId && !profile.email) return; // traits of somebody without a name to them
  // another customer's address or user id stays with that customer
  const mine: Record<string, unknown> = { ...profile };
  if (byEmail && byEmail !== before?.id) delete mine.email;
  if (data.userId && !before?.externalId) mine.externalId = data.userId;
  const { customer, changes } = acceptable(
    given => (before ? changed(now, before, given, 'tracking') : created(now, parse(Profile, given), 'tracking')),
    mine,
  );
  const linked = {
    anonymous: byAnonymousId !== undefined,
    external: byUserId !== undefined || customer.externalId !== data.userId,
  };
  const all = [...changes, ...linking(now, customer, data, linked)];
  if (all.length) await store.commit(all);
};

export const handler = listen('identifyCustomer', hears.identifyCustomer, identifyCustomer);
