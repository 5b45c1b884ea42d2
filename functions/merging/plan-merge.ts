import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../events/ids.ts';
import { customerMerged, customerMergedAway } from '../../events/merge.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { withoutComputedValues } from '../customers/attributes/defined-values.ts';
import { originOf } from '../customers/attributes/origins.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import type { Writing } from '../customers/attributes/writing.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { identityMoved } from '../customers/identity.ts';
import { changedCustomer, profileOf } from '../customers/profile.ts';
import { type CustomerSettings, settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, created, emit, insert, update, updated } from '../shared/store/changes.ts';
import { acceptPair, duplicateId, duplicates } from './duplicate.ts';
import * as errors from './errors.ts';
import { isUnderWay, latestMerge, type Merge, merges, mergesInto } from './merge.ts';
import { byStanding, type Choices, mergeProfiles } from './merge-profiles.ts';
import { moveJob, moveNow } from './move-job.ts';

type Ids = { into: string; from: string };
type Pair = { into: StoredCustomer; from: StoredCustomer };

/** Both customers of a merge, or of one to be undone; refuses where one does not exist or was erased. */
export const bothOf = async ({ store }: Pick<Ctx, 'store'>, ids: Ids): Promise<Pair> => {
  const [into, from] = await Promise.all([activeCustomer(store, ids.into), store.get(customers, { id: ids.from })]);
  if (!from) throw errors.mergeSourceNotFound();
  if (from.erasedAt) throw errors.mergeSourceErased();
  return { into, from };
};

const mostLooked = 100;

const mergeable = async (ctx: Ctx, ids: Ids): Promise<Pair> => {
  const pair = await bothOf(ctx, ids);
  if (pair.from.mergedInto) throw errors.alreadyMerged(undefined, { extra: { into: pair.from.mergedInto } });
  const [before, own] = await Promise.all([
    latestMerge(ctx.store, ids.into, ids.from),
    mergesInto(ctx.store, ids.from, { limit: mostLooked }),
  ]);
  if ((before && isUnderWay(before)) || own.items.some(isUnderWay)) throw errors.underWay();
  return pair;
};

export const identifierFields = ['email', 'externalId', 'phone'] as const;

export type IdentifierField = (typeof identifierFields)[number];

/** all values of a field that a customer is known by, its own first */
export const identifiersOf = (customer: StoredCustomer, field: IdentifierField) =>
  [customer[field] ?? [], customer.mergedIdentifiers?.[field] ?? []].flat();

const identifiersOfBoth = ({ into, from }: Pair) => {
  const known = (field: IdentifierField) => [...new Set([into, from].flatMap(one => identifiersOf(one, field)))];
  return { email: known('email'), externalId: known('externalId'), phone: known('phone') };
};

/** how many of each a customer may have, and take over in one merge: a transaction has no room for more */
const most = { had: 50, added: 10 };

const mustFit = ({ into, from }: Pair, also: ReturnType<typeof identifiersOfBoth>) => {
  if (into.id === from.id) throw errors.sameCustomer();
  if (into.kind !== from.kind) throw errors.kindsDiffer();
  const tooMany = identifierFields.some(
    field => also[field].length > most.had || (from.mergedIdentifiers?.[field] ?? []).length > most.added,
  );
  if (!tooMany) return;
  throw errors.tooManyIdentifiers(
    `A customer has at most ${most.had} e-mail addresses, external ids or phone numbers, and takes over at most ${most.added} in one merge. Merge the other way round.`,
  );
};

/** values move with their origins: they were checked against their definitions when they were written */
const writingOf = (from: StoredCustomer, settings: CustomerSettings): Writing => {
  const values = valuesOf(profileOf(from));
  return {
    settings,
    source: 'merge',
    decides: true,
    checks: 'none',
    each: (attribute, value) =>
      isDeepStrictEqual(values.get(attribute), value) ? originOf(from, attribute) : undefined,
  };
};

type Request = { choices?: Choices | undefined; why: string[] };

/** `into` gets the identifiers of both; `from` stays behind it as it was, so that the merge can be undone. */
const decideMerge = ({ now, actor }: Ctx, pair: Pair, { choices = {}, why }: Request, settings: CustomerSettings) => {
  const { into, from } = pair;
  const mergedIdentifiers = identifiersOfBoth(pair);
  mustFit(pair, mergedIdentifiers);
  // computed values do not conflict: they are computed again from both timelines
  const [mine, other] = [withoutComputedValues(into, settings), withoutComputedValues(from, settings)];
  const { patch, conflicts, filled } = mergeProfiles(mine, other, choices, byStanding(settings, now));
  const { customer: merged, changes } = changedCustomer(now, into, patch, writingOf(from, settings));
  const ownerId = into.ownerId ?? from.ownerId;
  const customer: StoredCustomer = {
    ...merged,
    mergedIdentifiers,
    ...(ownerId ? { ownerId } : {}),
    version: into.version + 1,
    updatedAt: now,
  };
  const id = newId('merge', now);
  const merge: Merge = created(now, {
    id,
    into: into.id,
    from: from.id,
    state: 'moving',
    at: now,
    by: actor,
    why,
    choices,
    job: newId('job', now),
    before: { into, from },
    after: profileOf(customer),
  } as const);
  const all: Change[] = [
    update(customers, into, customer),
    update(customers, from, updated(now, from, { mergedInto: into.id })),
    insert(merges, merge),
    ...changes.filter(change => change.do === 'emit'),
    emit(customerMerged, { customerId: into.id, about: into.id, data: { mergeId: id, from: from.id, why } }),
    emit(customerMergedAway, { customerId: from.id, about: from.id, data: { mergeId: id, into: into.id, why } }),
    identityMoved(now, from.id),
    ...moveJob('merge', merge, { now, actor }),
  ];
  return { customer, merge, changes: all, conflicts, filled };
};

/** What a merge of two customers changes; refuses what cannot be merged. Their duplicate, if there is one, is accepted with it. */
export const planMerge = async (ctx: Ctx, { into, from, ...request }: Ids & Request) => {
  const [pair, settings] = await Promise.all([mergeable(ctx, { into, from }), settingsOf(ctx.store)]);
  const { changes, ...decided } = decideMerge(ctx, pair, request, settings);
  const before = await ctx.store.get(duplicates, { id: duplicateId(pair.into.id, pair.from.id) });
  const accepted = before && acceptPair(ctx.now, before, { into: pair.into.id, by: ctx.actor });
  const all = [...changes, ...(accepted?.changes ?? [])];
  return { ...pair, settings, ...decided, duplicate: accepted?.duplicate, changes: all };
};

/** Merges in one transaction, and moves the first hundreds of records before it returns. */
export const executeMerge = async <R>(ctx: Ctx, { merge, changes }: { merge: Merge; changes: Change[] }, reply?: R) => {
  const committed = await ctx.store.commit(changes, reply);
  await moveNow('merge', merge, ctx);
  return committed;
};
