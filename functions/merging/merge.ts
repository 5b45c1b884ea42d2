import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../events/ids.ts';
import { customerMerged, customerMergedAway } from '../../events/merge.ts';
import { withoutComputedValues } from '../customers/attributes/defined-values.ts';
import { originOf } from '../customers/attributes/origins.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import type { Writing } from '../customers/attributes/writing.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { changedCustomer, profileOf } from '../customers/profile.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import { byStanding } from '../matching/by-standing.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, created, emit, insert, update, updated } from '../shared/store/changes.ts';
import { type Choices, mergeProfiles } from './merge-profiles.ts';
import { type Merger, mergers } from './merger.ts';
import { movingJob } from './moving-job.ts';

type Pair = { into: StoredCustomer; from: StoredCustomer };

export type Asked = Pair & { choices?: Choices; why: string[]; settings: CustomerSettings };

const fields = ['email', 'externalId', 'phone'] as const;

/** all that two customers are known by */
const alsoOf = ({ into, from }: Pair) => {
  const known = (field: (typeof fields)[number]) => [
    ...new Set([into, from].flatMap(one => [one[field] ?? [], one.mergedIdentifiers?.[field] ?? []].flat())),
  ];
  return { email: known('email'), externalId: known('externalId'), phone: known('phone') };
};

/** one customer may be known by so many addresses and ids, and bring so many along: a transaction takes no more */
const most = { known: 50, brought: 10 };

const mustFit = ({ into, from }: Pair, also: ReturnType<typeof alsoOf>) => {
  if (into.id === from.id) {
    throw new ApiError('invalid', 'merge.same', 'a customer cannot be merged into itself');
  }
  if (into.kind !== from.kind) {
    throw new ApiError('invalid', 'merge.kinds-differ', 'a person and an organisation are not one customer');
  }
  const tooMany = fields.some(
    field => also[field].length > most.known || (from.mergedIdentifiers?.[field] ?? []).length > most.brought,
  );
  if (tooMany) {
    const message = `a customer is known by at most ${most.known} addresses or ids and brings at most ${most.brought} along; merge the other way round`;
    throw new ApiError('conflict', 'merge.too-many', message);
  }
};

/** values that move with where they come from: they were held against their definitions when they were said */
const mergeOf = (from: StoredCustomer, settings: CustomerSettings): Writing => {
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

/**
 * What is to be done to make two records one: `into` stays and is known by all that either was known by; `from` stays as it
 * was, behind `into`, so that it can be had back. What belongs to it is moved after that: see rehome.ts.
 */
export const decideMerge = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>, asked: Asked) => {
  const { into, from, choices = {}, why, settings } = asked;
  const also = alsoOf(asked);
  mustFit(asked, also);
  // what is computed is no word against another: it is computed anew from what happened to both
  const [mine, other] = [withoutComputedValues(into, settings), withoutComputedValues(from, settings)];
  const { patch, ...told } = mergeProfiles(mine, other, choices, byStanding(settings, now));
  const { customer: merged, changes } = changedCustomer(now, into, patch, mergeOf(from, settings));
  const ownerId = into.ownerId ?? from.ownerId;
  const customer: StoredCustomer = {
    ...merged,
    mergedIdentifiers: also,
    ...(ownerId ? { ownerId } : {}),
    version: into.version + 1,
    updatedAt: now,
  };
  const id = newId('merge', now);
  const merger: Merger = created(now, {
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
    insert(mergers, merger),
    ...changes.filter(({ do: what }) => what === 'emit'),
    emit(customerMerged, { customerId: into.id, about: into.id, data: { mergerId: id, from: from.id, why } }),
    emit(customerMergedAway, { customerId: from.id, about: from.id, data: { mergerId: id, into: into.id, why } }),
    ...movingJob('merge', merger, { now, actor }),
  ];
  return { customer, merger, changes: all, ...told };
};
