import { identityLinked } from '../../events/customer.ts';
import { type Customer, customers, Profile, type StoredCustomer } from '../customers/customer.ts';
import { erasedAmong } from '../customers/erased-identities.ts';
import type { KnownAs } from '../customers/erased-identity.ts';
import { identities, type identityTypes } from '../customers/identity.ts';
import { resolveMerged } from '../customers/living.ts';
import { acceptable, changedCustomer, newCustomerFrom } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { profileOfTraits } from '../customers/traits.ts';
import type { Ctx } from '../shared/http/context.ts';
import { parse } from '../shared/http/parse.ts';
import { type Change, emit, insert } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';

type Json = Record<string, unknown>;

/** what a tracker says of somebody; `at`: when it did; `by`: the actor that the tracker is */
export type Named = { userId: string | null; anonymousId: string | null; traits: Json; at: string; by: string };

const mostSource = 100;

/** a tracker as a source, by its write key's id: names change */
const sourceOf = ({ by }: Named) => `tracking:${by.replace(/^source:/, '')}`.slice(0, mostSource);

type Holders = Awaited<ReturnType<typeof holdersOf>>;

const holdersOf = async (store: Store, { userId, anonymousId }: Named, email: string | undefined) => {
  const [ownUserId, linkedUserId, byEmail, byAnonymousId] = await store.holders([
    { entity: customers, unique: 'externalId', value: userId ?? '' },
    { entity: identities, unique: 'value', value: `externalId:${userId ?? ''}` },
    { entity: customers, unique: 'email', value: email ?? '' },
    { entity: identities, unique: 'value', value: `anonymousId:${anonymousId ?? ''}` },
  ]);
  return { byUserId: ownUserId ?? linkedUserId, byEmail, byAnonymousId };
};

/** Who it is: by user id, by e-mail address, else whose device it is - unless the call names somebody else than that. */
const whoIs = async (store: Store, { userId }: Named, email: string | undefined, held: Holders) => {
  const id = held.byUserId ?? held.byEmail;
  if (id) return resolveMerged(store, id);
  const owner = held.byAnonymousId ? await resolveMerged(store, held.byAnonymousId) : undefined;
  if (!owner) return undefined;
  const another = (userId && owner.externalId) || (email && owner.email && email !== owner.email);
  return another ? undefined : owner;
};

const linked = (id: Customer['id'], type: (typeof identityTypes)[number], value: string) =>
  emit(identityLinked, { customerId: id, about: id, data: { identity: { type, value } } });

/** what links the identities that are nobody's yet */
const linking = (now: string, customer: Customer, { userId, anonymousId }: Named, held: Holders): Change[] => {
  const { id, externalId } = customer;
  const changes: Change[] = [];
  if (anonymousId && !held.byAnonymousId) {
    changes.push(insert(identities, { id, type: 'anonymousId', value: anonymousId, since: now }));
    changes.push(linked(id, 'anonymousId', anonymousId));
  }
  if (userId && !held.byUserId) {
    // a second account of somebody who is known by another user id already
    if (externalId !== userId) changes.push(insert(identities, { id, type: 'externalId', value: userId, since: now }));
    changes.push(linked(id, 'externalId', userId));
  }
  return changes;
};

const namesIn = ({ userId, anonymousId }: Named, email: string | undefined): KnownAs[] => [
  ...(userId ? [{ type: 'externalId' as const, value: userId }] : []),
  // a device may be shared with others
  ...(anonymousId && !userId ? [{ type: 'anonymousId' as const, value: anonymousId }] : []),
  ...(email ? [{ type: 'email' as const, value: email }] : []),
];

/** what it comes to; without a customer where nobody was named */
type Identified = { customer?: StoredCustomer; changes: Change[] };

/** What is to be done when a tracker says who somebody is: creates or updates the customer and links its identities. */
export const identify = async (named: Named, { now, store }: Ctx): Promise<Identified> => {
  const { userId, traits, at: observedAt } = named;
  const profile = profileOfTraits(traits);
  const email = profile.email as string | undefined;
  const [held, settings, erased] = await Promise.all([
    holdersOf(store, named, email),
    settingsOf(store),
    erasedAmong(store, namesIn(named, email)),
  ]);
  // from before its customer was erased: nobody is brought back
  if (erased.some(one => one && observedAt <= one.at)) return { changes: [] };
  const before = await whoIs(store, named, email, held);
  if (!before && (held.byUserId || held.byEmail))
    throw new VersionConflict('its erased customer is still giving it up');
  if (!before && !userId && !email) return { changes: [] }; // traits of somebody without a name to them
  const mine: Json = { ...profile };
  // another customer's address stays with that customer
  if (held.byEmail && held.byEmail !== before?.id) delete mine.email;
  if (userId && !held.byUserId && !before?.externalId) mine.externalId = userId;
  const writing = { settings, source: sourceOf(named), observedAt, checks: 'values' } as const;
  const { customer, changes } = acceptable(
    given =>
      before ? changedCustomer(now, before, given, writing) : newCustomerFrom(now, parse(Profile, given), writing),
    mine,
  );
  return { customer, changes: [...changes, ...linking(now, customer, named, held)] };
};
