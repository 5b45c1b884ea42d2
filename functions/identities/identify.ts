import { identityLinked } from '../../events/customer.ts';
import { countryOf } from '../cleaning/addresses.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { isPublicActor, isPublicRecord, trackerSource } from '../customers/attributes/standing.ts';
import { type Customer, customers, Profile, type StoredCustomer } from '../customers/customer.ts';
import { findErasedIdentities } from '../customers/erased-identities.ts';
import { type IdentityValue, identities, type identityTypes } from '../customers/identity.ts';
import { changedCustomer, newCustomerFrom, withoutInvalidFields } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { profileOfTraits } from '../customers/traits.ts';
import type { FieldError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { parse } from '../shared/http/parse.ts';
import { isObject } from '../shared/json.ts';
import { type Change, emit, insert, update } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';

type Json = Record<string, unknown>;

/** an `identify` call; `at`: when it was made; `by`: the tracker's actor */
type IdentifyCall = { userId: string | null; anonymousId: string | null; traits: Json; at: string; by: string };

type Holders = Awaited<ReturnType<typeof holdersOf>>;

const holdersOf = async (store: Store, { userId, anonymousId }: IdentifyCall, email: string | undefined) => {
  const [ownUserId, linkedUserId, byEmail, byAnonymousId] = await store.holders([
    { entity: customers, unique: 'externalId', value: userId ?? '' },
    { entity: identities, unique: 'value', value: `externalId:${userId ?? ''}` },
    { entity: customers, unique: 'email', value: email ?? '' },
    { entity: identities, unique: 'value', value: `anonymousId:${anonymousId ?? ''}` },
  ]);
  return { byUserId: ownUserId ?? linkedUserId, byEmail, byAnonymousId };
};

/** The customer by user id, by e-mail address, else by device - unless the call names another customer than the device's. */
const findCustomer = async (store: Store, { userId }: IdentifyCall, email: string | undefined, held: Holders) => {
  const id = held.byUserId ?? held.byEmail;
  if (id) return resolveMerged(store, id);
  const owner = held.byAnonymousId ? await resolveMerged(store, held.byAnonymousId) : undefined;
  if (!owner) return undefined;
  const another = (userId && owner.externalId) || (email && owner.email && email !== owner.email);
  return another ? undefined : owner;
};

const linked = (id: Customer['id'], type: (typeof identityTypes)[number], value: string) =>
  emit(identityLinked, { customerId: id, about: id, data: { identity: { type, value } } });

const linking = (
  now: string,
  customer: Customer,
  { userId, anonymousId }: IdentifyCall,
  held: Holders,
  claimed: boolean,
): Change[] => {
  const { id, externalId } = customer;
  const changes: Change[] = [];
  if (anonymousId && !held.byAnonymousId) {
    changes.push(insert(identities, { id, type: 'anonymousId', value: anonymousId, since: now }));
    changes.push(linked(id, 'anonymousId', anonymousId));
  }
  if (userId && !held.byUserId) {
    // a second account of a customer with another user id
    if (externalId !== userId) {
      const claim = claimed ? { claimed } : {};
      changes.push(insert(identities, { id, type: 'externalId', value: userId, since: now, ...claim }));
    }
    changes.push(linked(id, 'externalId', userId));
  }
  return changes;
};

const identitiesIn = ({ userId, anonymousId }: IdentifyCall, email: string | undefined): IdentityValue[] => [
  ...(userId ? [{ type: 'externalId' as const, value: userId }] : []),
  // a device may be shared
  ...(anonymousId && !userId ? [{ type: 'anonymousId' as const, value: anonymousId }] : []),
  ...(email ? [{ type: 'email' as const, value: email }] : []),
];

type Identified = { customer?: StoredCustomer; changes: Change[] };

/** a user id that only a public key named is proven when a server names it */
const proving = async (customer: Customer, { userId }: IdentifyCall, store: Store): Promise<Change[]> => {
  const link = userId ? await store.get(identities, { id: customer.id, type: 'externalId', value: userId }) : undefined;
  return link?.claimed ? [update(identities, link, { ...link, claimed: undefined })] : [];
};

/** a country by its name, as people write it */
const named = ({ address, ...profile }: Json): Json => {
  if (!isObject(address)) return profile;
  const country = typeof address.country === 'string' && countryOf(address.country);
  return { ...profile, address: { ...address, ...(country ? { country } : {}) } };
};

/** traits that were left out, told where something else of the call was taken: the same call comes with every page */
const rejection = (now: string, customerId: string, dropped: FieldError[]): Change =>
  decided(now, {
    customerId,
    kind: 'identify',
    outcome: 'partly rejected',
    reasons: dropped.map(({ path, message }) => `${path} ${message}`),
    cause: customerId,
  });

/** Decides what an `identify` call does: creates or updates the customer and links its identities. */
export const identify = async (call: IdentifyCall, { now, store }: Ctx): Promise<Identified> => {
  const { userId, traits, at: observedAt } = call;
  const profile = profileOfTraits(traits);
  const email = profile.email as string | undefined;
  const [held, settings, erased] = await Promise.all([
    holdersOf(store, call, email),
    settingsOf(store),
    findErasedIdentities(store, identitiesIn(call, email)),
  ]);
  // from before its customer was erased
  if (erased.some(one => one && observedAt <= one.at)) return { changes: [] };
  const before = await findCustomer(store, call, email, held);
  if (!before && (held.byUserId || held.byEmail))
    throw new VersionConflict('the erasure of its customer has not released it yet');
  if (!before && !userId && !email) return { changes: [] }; // traits without an identity
  const own: Json = named(profile);
  // an address of another customer stays there
  if (held.byEmail && held.byEmail !== before?.id) delete own.email;
  const claimed = isPublicActor(call.by) && before !== undefined && !isPublicRecord(before);
  if (userId && !held.byUserId && !before?.externalId && !claimed) own.externalId = userId;
  const writing = { settings, source: trackerSource(call.by), observedAt, checks: 'values', written: 'dmy' } as const;
  const { customer, changes, dropped } = withoutInvalidFields(
    given =>
      before ? changedCustomer(now, before, given, writing) : newCustomerFrom(now, parse(Profile, given), writing),
    own,
  );
  const proven = before && held.byUserId && !isPublicActor(call.by) ? await proving(customer, call, store) : [];
  const told = dropped.length && changes.length ? [rejection(now, customer.id, dropped)] : [];
  return { customer, changes: [...changes, ...told, ...proven, ...linking(now, customer, call, held, claimed)] };
};
