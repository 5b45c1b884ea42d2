import { customerUpdated } from '../../events/customer.ts';
import { newId } from '../../events/ids.ts';
import { customerRestored, customerUnmerged } from '../../events/merge.ts';
import { customers, type Profile, type StoredCustomer } from '../customers/customer.ts';
import { checkProfile, lookupsFor, nonProfileFields, profileOf } from '../customers/profile.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { differences, type Json } from '../shared/json.ts';
import { type Change, emit, update, updated } from '../shared/store/changes.ts';
import { isComposed } from './merge-profiles.ts';
import { type Merger, mergers } from './merger.ts';
import { movingJob } from './moving-job.ts';
import { originsBack } from './origins-back.ts';
import { reverted } from './reverted.ts';

const fields = ['email', 'externalId', 'phone'] as const;
type Field = (typeof fields)[number];

const knownBy = (customer: StoredCustomer, field: Field) =>
  [customer[field] ?? [], customer.mergedIdentifiers?.[field] ?? []].flat();

/** what a customer is still known by when another has taken back what is its own */
const alsoWithout = (into: StoredCustomer, from: StoredCustomer) => {
  const left = (field: Field) =>
    (into.mergedIdentifiers?.[field] ?? []).filter(value => !knownBy(from, field).includes(value));
  return { email: left('email'), externalId: left('externalId'), phone: left('phone') };
};

/** The profile without what came from the other and is as it came; the other's address and id are the other's in any case. */
const profileBack = (into: StoredCustomer, from: StoredCustomer, { before, after }: Merger): Profile => {
  const was = profileOf(before.into);
  const back = reverted(profileOf(into), was, after) as Json;
  // a name that follows from its parts follows them back
  if (isComposed(profileOf(into)) && back.name === into.name) delete back.name;
  for (const field of ['email', 'externalId'] as const) {
    const value = back[field];
    if (typeof value === 'string' && knownBy(from, field).includes(value)) {
      if (was[field] === undefined) delete back[field];
      else back[field] = was[field];
    }
  }
  try {
    return checkProfile(back as Profile);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError(
      'conflict',
      'unmerge.incomplete',
      `without the other this would be no customer: ${error.message}`,
    );
  }
};

/** who looks after the one that stays, unless that came from the other and is as it came */
const ownerBack = (into: StoredCustomer, { before }: Merger) =>
  before.into.ownerId === undefined && into.ownerId === before.from.ownerId ? undefined : into.ownerId;

type Asked = { into: StoredCustomer; from: StoredCustomer; settings: CustomerSettings };

/** What is to be done to take two records apart again. What happened to them as one stays with the one that stayed. */
export const decideUnmerge = (ctx: Ctx, { into, from, settings }: Asked, merger: Merger) => {
  const { now, actor } = ctx;
  const profile = profileBack(into, from, merger);
  const { mergedIdentifiers: _, lookups: __, ...kept } = nonProfileFields(into);
  const mergedIdentifiers = alsoWithout(into, from);
  const others = fields.some(field => also[field].some(value => value !== profile[field]));
  const customer: StoredCustomer = updated(
    now,
    {
      ...kept,
      ...profile,
      ...(others ? { mergedIdentifiers } : {}),
      ...lookupsFor(settings, profile),
      ownerId: ownerBack(into, merger),
      provenance: originsBack(into, profile, merger),
    },
    {},
  );
  const { mergedInto, ...stored } = from;
  const restored = updated(now, stored as StoredCustomer, {});
  const undone: Merger = updated(now, merger, {
    state: 'unmerging',
    unmergedAt: now,
    unmergedBy: actor,
    job: newId('job', now),
  });
  const changed = differences(profileOf(into), profile);
  const data = { mergerId: merger.id };
  const changes: Change[] = [
    update(customers, from, restored),
    update(customers, into, customer),
    update(mergers, merger, undone),
    ...(changed.length
      ? [emit(customerUpdated, { customerId: into.id, about: into.id, data: { changes: changed, source: 'unmerge' } })]
      : []),
    emit(customerUnmerged, { customerId: into.id, about: into.id, data: { ...data, from: from.id } }),
    emit(customerRestored, { customerId: from.id, about: from.id, data: { ...data, into: into.id } }),
    ...movingJob('unmerge', undone, ctx),
  ];
  return { customer, restored, merger: undone, changes };
};
