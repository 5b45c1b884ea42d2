import { isDeepStrictEqual } from 'node:util';
import { customerUpdated } from '../../events/customer.ts';
import { newId } from '../../events/ids.ts';
import { customerRestored, customerUnmerged } from '../../events/merge.ts';
import { isComposedName, isSameOrigin, originOf, packProvenance } from '../customers/attributes/origins.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import type { Provenance } from '../customers/attributes/provenance.ts';
import { ownValues } from '../customers/attributes/writing.ts';
import { customers, type Profile, type StoredCustomer } from '../customers/customer.ts';
import { identityMoved } from '../customers/identity.ts';
import { checkProfile, lookupsFor, nonProfileFields, profileOf } from '../customers/profile.ts';
import { reverseValues } from '../customers/reverse-values.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { differences, type Json } from '../shared/json.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { duplicateId, duplicates, rejectPair } from './duplicate.ts';
import * as errors from './errors.ts';
import { latestMerge, type Merge, merges } from './merge.ts';
import { moveJob } from './move-job.ts';
import { bothOf, type IdentifierField, identifierFields, identifiersOf } from './plan-merge.ts';

type Pair = { into: StoredCustomer; from: StoredCustomer };

const unmergeable = async (ctx: Ctx, ids: { into: string; from: string }) => {
  const pair = await bothOf(ctx, ids);
  const { mergedInto } = pair.from;
  if (!mergedInto) throw errors.notMerged();
  if (mergedInto !== ids.into) {
    const message = `The customer in \`from\` was merged into ${mergedInto}. Unmerge that customer first, then this one from it.`;
    throw errors.mergedElsewhere(message, { extra: { into: mergedInto } });
  }
  const merge = await latestMerge(ctx.store, ids.into, ids.from);
  if (merge?.state !== 'merged') throw errors.underWay();
  return { ...pair, merge };
};

const alsoWithout = ({ into, from }: Pair) => {
  const left = (field: IdentifierField) =>
    (into.mergedIdentifiers?.[field] ?? []).filter(value => !identifiersOf(from, field).includes(value));
  return { email: left('email'), externalId: left('externalId'), phone: left('phone') };
};

/** The profile without what came from the other and was not changed since; the other's address and id always go back. */
const profileBack = ({ into, from }: Pair, { before, after }: Merge): Profile => {
  const was = profileOf(before.into);
  const back = reverseValues(profileOf(into), was, after) as Json;
  if (isComposedName(profileOf(into)) && back.name === into.name) delete back.name;
  for (const field of ['email', 'externalId'] as const) {
    const value = back[field];
    if (typeof value !== 'string' || !identifiersOf(from, field).includes(value)) continue;
    if (was[field] === undefined) delete back[field];
    else back[field] = was[field];
  }
  try {
    return checkProfile(back as Profile);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw errors.incompleteAfterUnmerge(
      `Without the values of the other record this customer would be invalid: ${error.message}. Change it first.`,
    );
  }
};

/** origins of the values after an unmerge: what was restored, or never changed, has its origin from before the merge */
const originsBack = (into: StoredCustomer, profile: Profile, { before }: Merge): Provenance => {
  const [is, was] = [valuesOf(profileOf(into)), valuesOf(profileOf(before.into))];
  const own = ownValues(profile);
  const isBack = (attribute: string) => {
    const came = isSameOrigin(originOf(into, attribute), originOf(before.from, attribute));
    const [value, had] = [own.get(attribute), was.get(attribute)];
    return isDeepStrictEqual(had, value) && (came || !isDeepStrictEqual(is.get(attribute), value));
  };
  const origins = [...own.keys()].map(
    attribute => [attribute, originOf(isBack(attribute) ? before.into : into, attribute)] as const,
  );
  const rejected = [
    ...(into.provenance?.conflicts ?? []).filter(({ attribute }) => !isBack(attribute)),
    ...(before.into.provenance?.conflicts ?? []).filter(({ attribute }) => isBack(attribute)),
  ];
  const removed = (into.provenance?.removed ?? []).filter(({ attribute }) => !own.has(attribute));
  return packProvenance(new Map(origins), rejected, removed);
};

const ownerBack = (into: StoredCustomer, { before }: Merge) =>
  before.into.ownerId === undefined && into.ownerId === before.from.ownerId ? undefined : into.ownerId;

const customerBack = (now: string, pair: Pair, merge: Merge, settings: CustomerSettings): StoredCustomer => {
  const { into } = pair;
  const profile = profileBack(pair, merge);
  const { mergedIdentifiers: _, lookups: __, ...others } = nonProfileFields(into);
  const mergedIdentifiers = alsoWithout(pair);
  const hasOthers = identifierFields.some(field => mergedIdentifiers[field].some(value => value !== profile[field]));
  return updated(
    now,
    {
      ...others,
      ...profile,
      ...(hasOthers ? { mergedIdentifiers } : {}),
      ...lookupsFor(settings, profile),
      ownerId: ownerBack(into, merge),
      provenance: originsBack(into, profile, merge),
    },
    {},
  );
};

/** What happened since the merge stays with `into`; the pair is rejected as a duplicate. */
export const planUnmerge = async (ctx: Ctx, ids: { into: string; from: string }) => {
  const { now, actor, store } = ctx;
  const [{ merge: before, into, from }, settings] = await Promise.all([unmergeable(ctx, ids), settingsOf(store)]);
  const customer = customerBack(now, { into, from }, before, settings);
  const { mergedInto: _, ...stored } = from;
  const restored: StoredCustomer = updated(now, stored as StoredCustomer, {});
  const undoing = { state: 'unmerging', unmergedAt: now, unmergedBy: actor, job: newId('job', now) } as const;
  const merge = updated(now, before, undoing);
  const duplicate = await store.get(duplicates, { id: duplicateId(into.id, from.id) });
  const changed = differences(profileOf(into), profileOf(customer));
  const [ofInto, ofFrom] = [into.id, from.id].map(id => ({ customerId: id, about: id }));
  const changes = [
    update(customers, from, restored),
    update(customers, into, customer),
    update(merges, before, merge),
    ...(changed.length ? [emit(customerUpdated, { ...ofInto!, data: { changes: changed, source: 'unmerge' } })] : []),
    emit(customerUnmerged, { ...ofInto!, data: { mergeId: merge.id, from: from.id } }),
    emit(customerRestored, { ...ofFrom!, data: { mergeId: merge.id, into: into.id } }),
    identityMoved(now, from.id),
    ...moveJob('unmerge', merge, ctx),
    ...rejectPair(now, [customer, restored], { before: duplicate, by: actor }).changes,
  ];
  return { customer, merge, settings, changes };
};
