import { ownerAssigned } from '../../../events/staff.ts';
import { cleanProfile, fixCounts } from '../../cleaning/clean-profile.ts';
import type { FixId } from '../../cleaning/fix-ids.ts';
import { type Fix, fixes } from '../../cleaning/fixes.ts';
import { withoutComputedValues } from '../../customers/attributes/defined-values.ts';
import { originOf } from '../../customers/attributes/origins.ts';
import { attributeAt, valuesOf } from '../../customers/attributes/paths.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { profileOf } from '../../customers/profile.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import { type Left, patched, type ValueChange } from '../../customers/undo-profile.ts';
import { type Change, emit, update, updated } from '../../shared/store/changes.ts';
import { tagsNotAList } from '../errors.ts';
import type { Done } from './bulk-log.ts';

export type Result = {
  changes: Change[];
  values: ValueChange[];
  done: Done;
  left?: Left[];
  fixes?: Record<string, number>;
};

/** attributes with a verified value: fixes do not guess about them */
const verifiedOf = (customer: StoredCustomer) =>
  new Set(
    [...valuesOf(profileOf(customer)).keys()].filter(attribute => originOf(customer, attribute).verified !== undefined),
  );

type Cleaning = { now: string; source: string; settings: CustomerSettings };

/** what cleaning fixes change of a customer, whose computed values they leave */
export const cleaningOf = (
  customer: StoredCustomer,
  ids: readonly FixId[],
  { now, settings }: Pick<Cleaning, 'now' | 'settings'>,
) => {
  const profile = withoutComputedValues(profileOf(customer), settings);
  return cleanProfile(profile, ids, { now, settings, verified: verifiedOf(customer) });
};

/** a customer under cleaning fixes; a value that is only written better has its origin still, a guess has `source` */
export const cleanedCustomer = (
  customer: StoredCustomer,
  ids: readonly FixId[],
  { now, source, settings }: Cleaning,
): Result => {
  const { patch, changes } = cleaningOf(customer, ids, { now, settings });
  const guessed = new Set(
    changes.filter(({ fix }) => (fixes[fix] as Fix).guesses).map(({ attribute }) => attributeAt(attribute)),
  );
  const result = patched(now, customer, patch, {
    settings,
    source,
    decides: true,
    // values may be older than their definition
    checks: 'none',
    each: attribute => (guessed.has(attribute) ? undefined : originOf(customer, attribute)),
  });
  return { ...result, fixes: fixCounts(changes) };
};

export const tagsOf = ({ attributes }: Pick<StoredCustomer, 'attributes'>): unknown[] => {
  const tags = attributes?.tags ?? [];
  if (Array.isArray(tags)) return tags;
  throw tagsNotAList();
};

export const tagPatch = (customer: StoredCustomer, tag: string) => {
  const tags = tagsOf(customer);
  return tags.includes(tag) ? {} : { attributes: { tags: [...tags, tag] } };
};

export const untagPatch = (customer: StoredCustomer, tag: string) => {
  const tags = tagsOf(customer);
  const left = tags.filter(one => one !== tag);
  if (left.length === tags.length) return {};
  return { attributes: { tags: left.length ? left : null } };
};

export const ownerChanged = (
  before: StoredCustomer,
  userId: string | null,
  { now, source }: { now: string; source: string },
): Result => {
  const { id, ownerId: from = null } = before;
  const done: Done = { what: 'owner', was: from, became: userId };
  if (from === userId) return { changes: [], values: [], done };
  const after = updated(now, before, { ownerId: userId ?? undefined });
  return {
    changes: [
      update(customers, before, after),
      emit(ownerAssigned, { customerId: id, about: id, data: { userId, from, source } }),
    ],
    values: [{ attribute: 'ownerId', from, to: userId }],
    done,
  };
};
