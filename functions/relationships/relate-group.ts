import { withCountryCode } from '../cleaning/addresses.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { isPublicActor, isPublicRecord } from '../customers/attributes/standing.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { changedCustomer, withoutInvalidFields } from '../customers/profile.ts';
import { customerIdByEmail, customerIdsByIdentity } from '../customers/reads.ts';
import { settingsOf } from '../customers/settings.ts';
import { emailOfTraits, trackerProfile, trackerWriting } from '../customers/traits.ts';
import { consume } from '../shared/events/consume.ts';
import { type ApiError, isProblem } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import type { Change } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
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

const organisationOf = async (store: Store, { data: { groupId } }: Group) => {
  const id = await store.holder(customers, 'externalId', groupId);
  const found = id ? await resolveMerged(store, id) : undefined;
  return found?.kind === 'organisation' ? found : undefined;
};

/** group traits are values of the organisation, of the same standing as those of an identify call */
const enriching = async (before: StoredCustomer, { actor, occurredAt, data }: Group, { now, store }: Ctx) => {
  const address = emailOfTraits(data.traits);
  const [settings, holder] = await Promise.all([
    settingsOf(store),
    address ? customerIdByEmail(store, address) : undefined,
  ]);
  const receiving = { isPublic: isPublicActor(actor), present: before.attributes, settings };
  const { email, ...profile } = withCountryCode(trackerProfile(data.traits, receiving).profile);
  const own = { ...profile, ...(email && (!holder || holder === before.id) ? { email } : {}) };
  const how = trackerWriting(actor, occurredAt, settings);
  return withoutInvalidFields(given => changedCustomer(now, before, given, how), own).changes;
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

/** A call that puts a known person into a known organisation makes it the employer, and its traits values of the organisation. */
export const relateGroup: Reaction<typeof subscriptions.relateGroup> = async (event, given) => {
  // what follows from a call is the tracker's doing
  const ctx = given.as(event.tenant, event.actor);
  const [member, organisation] = await Promise.all([memberOf(ctx.store, event), organisationOf(ctx.store, event)]);
  if (!organisation) return;
  const enriched = await enriching(organisation, event, ctx);
  const related = member?.kind === 'person' ? await employing(member, organisation, event.actor, ctx) : [];
  if (enriched.length || related.length) await ctx.store.commit([...enriched, ...related]);
};

export const reaction = consume('relateGroup', subscriptions.relateGroup, relateGroup);
