import { withCountryCode } from '../cleaning/addresses.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { isPublicActor, isPublicRecord } from '../customers/attributes/standing.ts';
import { customers, Profile, type StoredCustomer } from '../customers/customer.ts';
import { findErasedIdentities } from '../customers/erased-identities.ts';
import { changedCustomer, newCustomerFrom, withoutInvalidFields } from '../customers/profile.ts';
import { customerIdByEmail, customerIdsByIdentity } from '../customers/reads.ts';
import { settingsOf } from '../customers/settings.ts';
import { emailOfTraits, trackerProfile, trackerWriting } from '../customers/traits.ts';
import { consume } from '../shared/events/consume.ts';
import { type ApiError, isProblem } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import type { Change } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { withoutLinks } from '../shared/text/without-links.ts';
import { subscriptions } from './contract.ts';
import { relationshipExists } from './errors.ts';
import { pairOf, updatePair } from './pair.ts';
import { relate } from './relate.ts';
import { needType } from './relationship-type.ts';

type Group = Parameters<Reaction<typeof subscriptions.relateGroup>>[0];

const memberOf = async (store: Store, { customerId, actor, data: { userId, anonymousId } }: Group) => {
  const given = [
    ...(userId ? [{ type: 'externalId' as const, value: userId }] : []),
    ...(anonymousId ? [{ type: 'anonymousId' as const, value: anonymousId }] : []),
  ];
  const found = customerId ? [] : await customerIdsByIdentity(store, given, { byServer: !isPublicActor(actor) });
  const id = customerId ?? found.find(one => one !== undefined);
  return id ? resolveMerged(store, id) : undefined;
};

/** the organisation that has the id of a group; null: somebody else has it, or had it and was erased since */
const organisationOf = async (store: Store, { occurredAt, data: { groupId } }: Group) => {
  const id = await store.holder(customers, 'externalId', groupId);
  const found = id ? await resolveMerged(store, id) : undefined;
  if (id) return found?.kind === 'organisation' ? found : null;
  const [erased] = await findErasedIdentities(store, [{ type: 'externalId', value: groupId }]);
  return erased && occurredAt <= erased.at ? null : undefined;
};

/**
 * Group traits are values of the organisation, of the same standing as those of an identify call; one that nobody knows is
 * created, of a public key as a record that whoever can know it takes over.
 */
const enriching = async (
  before: StoredCustomer | undefined,
  { actor, occurredAt, data }: Group,
  { now, store }: Ctx,
) => {
  const { traits, groupId } = data;
  const address = emailOfTraits(traits);
  const [settings, holder] = await Promise.all([
    settingsOf(store),
    address ? customerIdByEmail(store, address) : undefined,
  ]);
  const isPublic = isPublicActor(actor);
  const receiving = { isPublic, present: before?.attributes, settings };
  const { email, ...profile } = withCountryCode(trackerProfile(traits, receiving).profile);
  const own = { ...profile, ...(email && (!holder || holder === before?.id) ? { email } : {}) };
  const how = trackerWriting(actor, occurredAt, settings);
  if (before) return withoutInvalidFields(given => changedCustomer(now, before, given, how), own);
  const name = profile.name ?? ((isPublic ? withoutLinks(groupId) : groupId) || 'organisation');
  const all = { ...own, kind: 'organisation', name, externalId: groupId };
  return withoutInvalidFields(given => newCustomerFrom(now, parse(Profile, given), how), all);
};

/** a server's word proves what only a public key said before */
const proving = async (id: string, { now, store }: Ctx) => {
  const pair = await pairOf(store, id);
  return pair?.from.claimed ? updatePair(now, pair, { claimed: undefined }).changes : [];
};

const employing = async (
  customer: StoredCustomer,
  related: StoredCustomer,
  actor: string,
  ctx: Ctx,
): Promise<Change[]> => {
  const claimed = isPublicActor(actor) && !isPublicRecord(customer);
  const type = await needType(ctx.store, 'employer');
  try {
    return (await relate({ customer, related, type, fields: claimed ? { claimed } : {} }, ctx)).changes;
  } catch (error) {
    if (!isProblem(error, relationshipExists)) throw error;
    return claimed ? [] : proving(String((error as ApiError).more.extra?.holder), ctx);
  }
};

/** A call that puts a known person into an organisation makes it the employer, and its traits values of the organisation. */
export const relateGroup: Reaction<typeof subscriptions.relateGroup> = async (event, given) => {
  // what follows from a call is the tracker's doing
  const ctx = given.as(event.tenant, event.actor);
  const [member, organisation] = await Promise.all([memberOf(ctx.store, event), organisationOf(ctx.store, event)]);
  if (organisation === null) return;
  const { customer, changes } = await enriching(organisation, event, ctx);
  const related = member?.kind === 'person' ? await employing(member, customer, event.actor, ctx) : [];
  if (changes.length || related.length) await ctx.store.commit([...changes, ...related]);
};

export const reaction = consume('relateGroup', subscriptions.relateGroup, relateGroup);
