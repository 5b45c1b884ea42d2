import { identityLinked } from '../../events/customer.ts';
import { withCountryCode } from '../cleaning/addresses.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { isProven, isPublicActor, isPublicRecord } from '../customers/attributes/standing.ts';
import { adopt, yielding } from '../customers/claimed-records.ts';
import { customers, identifiersOf, Profile, type StoredCustomer } from '../customers/customer.ts';
import { findErasedIdentities } from '../customers/erased-identities.ts';
import { type Identity, type IdentityValue, identities, isFirm, released } from '../customers/identity.ts';
import { changedCustomer, newCustomerFrom, withoutInvalidFields } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { emailOfTraits, trackerProfile, trackerWriting } from '../customers/traits.ts';
import type { Ctx } from '../shared/http/context.ts';
import { parse } from '../shared/http/parse.ts';
import { type Change, emit, insert, remove, update } from '../shared/store/changes.ts';
import { decidedDaily } from '../shared/store/decision.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { isTimeZone } from '../shared/time/zone.ts';

type Json = Record<string, unknown>;

/** an `identify` call; `at`: when it was made; `by`: the tracker's actor; `proven`: its signed proof is right */
type IdentifyCall = {
  userId: string | null;
  anonymousId: string | null;
  traits: Json;
  context?: Json | undefined;
  at: string;
  by: string;
  proven?: boolean | undefined;
};

type Held = Awaited<ReturnType<typeof holdersOf>>;

const linkOf = async (store: Store, id: string | undefined, type: Identity['type'], value: string | null) =>
  id && value ? store.get(identities, { id, type, value }) : undefined;

const holdersOf = async (store: Store, { userId, anonymousId }: IdentifyCall, email: string | undefined) => {
  const [ownUserId, linkedUserId, byEmail, byDevice] = await store.holders([
    { entity: customers, unique: 'externalId', value: userId ?? '' },
    { entity: identities, unique: 'value', value: `externalId:${userId ?? ''}` },
    { entity: customers, unique: 'email', value: email ?? '' },
    { entity: identities, unique: 'value', value: `anonymousId:${anonymousId ?? ''}` },
  ]);
  const [link, device] = await Promise.all([
    ownUserId ? undefined : linkOf(store, linkedUserId, 'externalId', userId),
    linkOf(store, byDevice, 'anonymousId', anonymousId),
  ]);
  return { byUserId: ownUserId ?? linkedUserId, own: ownUserId !== undefined, link, byEmail, device };
};

type Given = { call: IdentifyCall; email: string | undefined; isPublic: boolean };

/** The customer of a user id that only public keys named, where a server says that it is somebody with another address. */
const contradicted = async (store: Store, { email, isPublic }: Given, { byUserId, own, link }: Held) => {
  if (isPublic || !email || !byUserId || (link && isFirm(link))) return undefined;
  const customer = await resolveMerged(store, byUserId);
  if (!customer || identifiersOf(customer, 'email').includes(email)) return undefined;
  return own && isProven(customer, 'externalId') ? undefined : customer;
};

/** The customer by user id, by e-mail address, else by device - unless the call names another customer than the device's. */
const findCustomer = async (store: Store, { call: { userId }, email, isPublic }: Given, held: Held) => {
  const id = held.byUserId ?? held.byEmail;
  if (id) return resolveMerged(store, id);
  const { device } = held;
  const owner = device && (await resolveMerged(store, device.id));
  if (!owner) return undefined;
  // a device that a public key linked to a record of others names nobody to a server
  if (device.claimed && !isPublic && !isPublicRecord(owner)) return undefined;
  const another = (userId && owner.externalId) || (email && owner.email && email !== owner.email);
  return another ? undefined : owner;
};

/** what takes a user id from a customer that it is not */
const parted = (now: string, customer: StoredCustomer, { link }: Held, userId: string | null): Change[] =>
  link ? released(now, link) : yielding(now, customer, { externalId: userId ?? '' }).changes;

const linked = (id: StoredCustomer['id'], type: Identity['type'], value: string) =>
  emit(identityLinked, { customerId: id, about: id, data: { identity: { type, value } } });

type Linking = Given & { now: string; customer: StoredCustomer; held: Held; marks: Identity[] };

/** also of a record that only public keys know: it may become somebody's */
const standingOf = ({ isPublic, call }: Given): Partial<Identity> => {
  if (!isPublic) return {};
  return call.proven ? { vouched: 'proof' } : { claimed: true };
};

const link = (own: Identity, marks: Identity[]): Change => {
  const before = marks.find(({ type }) => type === own.type);
  return before ? update(identities, before, own) : insert(identities, own);
};

/** whether a server names the customer by its address */
const isProving = ({ isPublic, email, customer }: Linking) =>
  !isPublic && email !== undefined && identifiersOf(customer, 'email').includes(email);

/** The user id of the customer: linked, or what is known of its link by now. */
const userIdChanges = (linking: Linking): Change[] => {
  const { now, customer, held, isPublic, marks, call } = linking;
  const { id, externalId } = customer;
  const { userId: value, proven } = call;
  if (!value) return [];
  if (!held.byUserId) {
    const own = { id, type: 'externalId', value, since: now, ...standingOf(linking) } as const;
    // a second account of a customer with another user id
    return [...(externalId === value ? [] : [link(own, marks)]), linked(id, 'externalId', value)];
  }
  const before = held.link;
  if (!before || before.id !== id || isFirm(before) || (isPublic && !proven)) return [];
  const { claimed, vouched: _, ...rest } = before;
  // with it comes what servers have tracked under the id
  const raised = (after: Identity) => [update(identities, before, after), linked(id, 'externalId', value)];
  if (isProving(linking)) return raised(rest);
  if (isPublic) return before.vouched === 'proof' ? [] : raised({ ...rest, vouched: 'proof' });
  return claimed ? [update(identities, before, { ...rest, vouched: 'server' })] : [];
};

/** The device of the customer: of those who were identified on it, the latest. */
const deviceChanges = (linking: Linking): Change[] => {
  const { now, customer, held, email, isPublic, marks, call } = linking;
  const { id } = customer;
  const { anonymousId: value, at, userId } = call;
  const { device } = held;
  if (!value) return [];
  if (device?.id === id) {
    const { claimed, ...firm } = device;
    return claimed && isProving(linking) ? [update(identities, device, firm)] : [];
  }
  if (device && (at <= (device.identifiedAt ?? device.since) || !(userId || email))) return [];
  // a stranger does not take what a server linked
  if (device && isPublic && !device.claimed) return [];
  if (isPublic && marks.some(({ type, released: is }) => type === 'anonymousId' && is)) return [];
  const own = {
    id,
    type: 'anonymousId',
    value,
    since: now,
    identifiedAt: at,
    ...(isPublic ? { claimed: true } : {}),
  } as const;
  return [...(device ? [remove(identities, device)] : []), link(own, marks), linked(id, 'anonymousId', value)];
};

const identitiesIn = ({ userId, anonymousId }: IdentifyCall, email: string | undefined): IdentityValue[] => [
  ...(userId ? [{ type: 'externalId' as const, value: userId }] : []),
  // a device may be shared
  ...(anonymousId && !userId ? [{ type: 'anonymousId' as const, value: anonymousId }] : []),
  ...(email ? [{ type: 'email' as const, value: email }] : []),
];

/** what is known of the ids of a call in the partition of a customer: links, and marks of links that were taken back */
const marksOf = async (store: Store, id: StoredCustomer['id'], { userId, anonymousId }: IdentifyCall, held: Held) => {
  const read = [held.link, held.device].filter(one => one !== undefined).filter(one => one.id === id);
  const keys = [
    ...(userId ? [{ id, type: 'externalId', value: userId }] : []),
    ...(anonymousId ? [{ id, type: 'anonymousId', value: anonymousId }] : []),
  ].filter(({ type }) => !read.some(one => one.type === type));
  return [...read, ...(await store.getAll(identities, keys))];
};

type Identified = { customer?: StoredCustomer; changes: Change[]; isPublic: boolean };

/** Decides what an `identify` call does: creates or updates the customer and links its identities. */
export const identify = async (call: IdentifyCall, { now, store }: Ctx): Promise<Identified> => {
  const { userId, traits, at } = call;
  const isPublic = isPublicActor(call.by);
  const email = emailOfTraits(traits);
  const given = { call, email, isPublic };
  const [found, settings, erased] = await Promise.all([
    holdersOf(store, call, email),
    settingsOf(store),
    findErasedIdentities(store, identitiesIn(call, email)),
  ]);
  // from before its customer was erased
  if (erased.some(one => one && at <= one.at)) return { changes: [], isPublic };
  const wrong = await contradicted(store, given, found);
  const held: Held = wrong ? { ...found, byUserId: undefined, own: false, link: undefined } : found;
  const candidate = await findCustomer(store, given, held);
  if (!candidate && (held.byUserId || held.byEmail))
    throw new VersionConflict('the erasure of its customer has not released it yet');
  const marks = candidate ? await marksOf(store, candidate.id, call, held) : [];
  const isTakenBack = isPublic && marks.some(({ type, released: is }) => type === 'externalId' && is);
  const before = isTakenBack && !held.byUserId ? undefined : candidate;
  if (!before && !userId && !email) return { changes: [], isPublic }; // traits without an identity
  const zone = candidate?.timeZone === undefined && call.context?.timezone;
  const told = { ...(typeof zone === 'string' && isTimeZone(zone) ? { timezone: zone } : {}), ...traits };
  const { profile, reasons } = trackerProfile(told, { isPublic, present: candidate?.attributes, settings });
  const own: Json = withCountryCode(profile);
  // an address of another customer stays there
  const holder = held.byEmail && held.byEmail !== before?.id ? await resolveMerged(store, held.byEmail) : undefined;
  const yields = holder && !isPublic && isPublicRecord(holder) ? yielding(now, holder, { email }).changes : [];
  if (holder && !yields.length) delete own.email;
  const claimed = isPublic && before !== undefined && !isPublicRecord(before);
  // a server names the address of a record that only public keys know
  const adopts =
    !isPublic && !held.byUserId && before !== undefined && before.id === held.byEmail && isPublicRecord(before);
  if (userId && !held.byUserId && (!before?.externalId || adopts) && !claimed) own.externalId = userId;
  const isClaimed = held.link
    ? !isFirm(held.link)
    : held.own && before !== undefined && !isProven(before, 'externalId');
  const writing = { ...trackerWriting(call.by, at, settings), byClaim: isClaimed && email !== before?.email };
  const { customer, changes, dropped } = withoutInvalidFields(some => {
    if (!before) return newCustomerFrom(now, parse(Profile, some), writing);
    return adopts ? adopt(now, before, some, writing) : changedCustomer(now, before, some, writing);
  }, own);
  const leftOut = [...reasons, ...dropped.map(({ path, message }) => `${path} ${message}`)];
  const partly = {
    customerId: customer.id,
    kind: 'identify',
    outcome: 'partly rejected',
    reasons: leftOut,
    cause: call.by,
  };
  const explained = changes.length ? await decidedDaily(partly, store) : [];
  const linking = { ...given, now, customer, held, marks: before ? marks : [] };
  const all = [...changes, ...userIdChanges(linking), ...deviceChanges(linking)];
  return {
    customer,
    changes: [...yields, ...explained, ...(wrong ? parted(now, wrong, found, userId) : []), ...all],
    isPublic,
  };
};
