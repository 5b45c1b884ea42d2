import { addressChanged, customerCreated, customerUpdated } from '../../events/customer.ts';
import { newId } from '../../events/ids.ts';
import { valueConflictRecorded } from '../../events/provenance.ts';
import { accesses } from '../shared/http/access.ts';
import { ApiError, type FieldError, invalid } from '../shared/http/api-error.ts';
import { parse } from '../shared/http/parse.ts';
import { differences, isObject, type Json, mergePatch } from '../shared/json.ts';
import { lazily } from '../shared/lazily.ts';
import { type Change, created, emit, insert, put, update, updated } from '../shared/store/changes.ts';
import { lookupsOf } from './attributes/attribute-lookups.ts';
import { definedValues, patchWithoutComputed } from './attributes/defined-values.ts';
import { computedSource } from './attributes/definitions.ts';
import { isComposedName } from './attributes/origins.ts';
import { valuesOf, withValue } from './attributes/paths.ts';
import type { ValueConflict } from './attributes/provenance.ts';
import { firstProvenance, resolveValues } from './attributes/resolve-values.ts';
import { isProven } from './attributes/standing.ts';
import type { Writing } from './attributes/writing.ts';
import { customers, displayName, Profile, type StoredCustomer } from './customer.ts';
import { identityMoved } from './identity.ts';
import { losesCase } from './normalise.ts';
import { extensionOf, normalisePhone } from './phone.ts';
import type { CustomerSettings } from './settings.ts';

/** what a write of a customer does; `conflicts`: the written values that do not apply */
export type CustomerWrite = { customer: StoredCustomer; changes: Change[]; conflicts: ValueConflict[] };

const identifying = ['name', 'givenName', 'familyName', 'email', 'phone', 'externalId'] as const;

const fields = lazily(() => Object.keys(Profile.shape));

export const profileOf = (customer: StoredCustomer): Profile =>
  Object.fromEntries(Object.entries(customer).filter(([name]) => fields.includes(name))) as Profile;

export const nonProfileFields = (customer: StoredCustomer) =>
  Object.fromEntries(Object.entries(customer).filter(([name]) => !fields.includes(name))) as Omit<
    StoredCustomer,
    keyof Profile
  >;

/** Applies the rules between a profile's fields, and turns the phone number to E.164. `found`: errors found before. */
export const checkProfile = (profile: Profile, found: FieldError[] = [], home?: string): Profile => {
  const errors: FieldError[] = [...found];
  const country = profile.address?.country ?? home;
  const phone = profile.phone && normalisePhone(profile.phone, country);
  if (profile.phone && !phone) {
    const hint = country
      ? `in ${country}`
      : 'with a country code; for national numbers set address.country, or defaultCountry of the settings of sources';
    errors.push({ path: 'phone', message: `is not a valid phone number ${hint}` });
  }
  if (profile.kind === 'organisation' && !profile.name) {
    errors.push({ path: 'name', message: 'is required for an organisation' });
  }
  if (!identifying.some(field => profile[field])) {
    errors.push({ path: '', message: `a customer needs at least one of ${identifying.join(', ')}` });
  }
  if (errors.length) throw invalid(errors);
  const name = displayName(profile);
  return { ...profile, ...(phone ? { phone } : {}), ...(name ? { name } : {}) };
};

const checkValues = (
  profile: Profile,
  was: Profile | undefined,
  { settings, checks = 'all', written }: Writing,
): Profile => {
  const defined = definedValues(profile, was, settings, checks, written);
  return checkProfile(defined.profile, defined.errors, settings.defaultCountry);
};

export const lookupsFor = (settings: CustomerSettings, profile: Profile) => {
  const lookups = lookupsOf(settings, profile);
  return lookups.length ? { lookups } : {};
};

/** the extension of the phone number, which E.164 has no place for */
const extensionName = 'phoneExtension';

const withExtension = (patch: Json, was: Profile | undefined, { settings }: Writing): Json => {
  const { phone, attributes } = patch;
  const isKnown = was?.attributes?.[extensionName] !== undefined;
  if (typeof phone !== 'string' || phone === was?.phone || (isObject(attributes) && extensionName in attributes))
    return patch;
  const isDeclared = settings.definitions.some(({ attribute }) => attribute === `attributes.${extensionName}`);
  const extension = settings.strictAttributes && !isDeclared ? undefined : extensionOf(phone, settings.defaultCountry);
  if (!extension && !isKnown) return patch;
  return { ...patch, attributes: { ...(isObject(attributes) ? attributes : {}), [extensionName]: extension ?? null } };
};

/** the part of a patch that clients may write; refuses computed values */
const writable = (patch: Json, was: Profile | undefined, writing: Writing): Json =>
  writing.source === computedSource
    ? patch
    : withExtension(patchWithoutComputed(patch, was, writing.settings), was, writing);

export const newCustomerFrom = (
  now: string,
  given: Profile,
  writing: Writing,
  id = newId('customer', now),
): CustomerWrite => {
  const profile = checkValues(writable(given, undefined, writing) as Profile, undefined, writing);
  const customer: StoredCustomer = created(now, {
    ...profile,
    id,
    ...lookupsFor(writing.settings, profile),
    provenance: firstProvenance(now, profile, writing),
  });
  const data = { kind: customer.kind, source: writing.source };
  const changes = [insert(customers, customer), emit(customerCreated, { customerId: id, about: id, data })];
  return { customer, changes, conflicts: [] };
};

const eventsOf = (before: StoredCustomer, profile: Profile, added: ValueConflict[], { source }: Writing): Change[] => {
  const to = { customerId: before.id, about: before.id };
  const changes = differences(profileOf(before), profile);
  const current = valuesOf(profile);
  const values = added.map(({ attribute, value, why }) => ({
    attribute,
    current: current.get(attribute),
    rejected: value,
    why,
  }));
  return [
    ...(changes.length ? [emit(customerUpdated, { ...to, data: { changes, source } })] : []),
    ...(values.length ? [emit(valueConflictRecorded, { ...to, data: { source, values } })] : []),
  ];
};

const ofNames = /^(?:name|givenName|familyName|address\..+)$/;

/** sources with values that were entered or decided upon as they are */
const asEntered = /^(?:api|customer|merge|unmerge)$|^(?:bulk|undo|hygiene):/;

/** A profile in which names and addresses in one case do not replace the same in mixed case, unless they were entered so. */
const keptCase = (merged: Profile, was: Profile, { source, decides }: Writing): Profile => {
  if (decides || asEntered.test(source)) return merged;
  const present = valuesOf(was);
  const kept = [...valuesOf(merged)].filter(
    ([attribute, value]) => ofNames.test(attribute) && losesCase(value, present.get(attribute)),
  );
  return kept.reduce<Json>(
    (rest, [attribute]) => withValue(rest, attribute, present.get(attribute)),
    merged,
  ) as Profile;
};

/**
 * A customer under a merge patch. A value applies unless the present one takes precedence. If there is nothing to write, the
 * version stays.
 */
export const changedCustomer = (now: string, before: StoredCustomer, given: Json, writing: Writing): CustomerWrite => {
  const was = profileOf(before);
  const patch = writable(given, was, writing);
  const composed = isComposedName(was) && !('name' in patch);
  const patched = parse(Profile, mergePatch(composed ? { ...was, name: undefined } : was, patch));
  const merged = keptCase(patched, was, writing);
  const change = { now, before, was, wanted: checkValues(merged, was, writing), patch, writing };
  const { profile, provenance, rejected, added, due } = resolveValues(change, checkProfile);
  if (!due) return { customer: before, changes: [], conflicts: rejected };
  const { lookups: _, ...others } = nonProfileFields(before);
  const lookups = lookupsFor(writing.settings, profile);
  const customer: StoredCustomer = updated(now, { ...others, ...profile, ...lookups, provenance }, {});
  const changes = [
    update(customers, before, customer),
    ...eventsOf(before, profile, added, writing),
    ...addressChanges(now, before, customer, writing.source),
  ];
  return { customer, changes, conflicts: rejected };
};

/** written over a typing error, or where the address before stays one of the customer's */
const sameAddress = /^(?:merge|unmerge)$|^hygiene:/;

/** What goes with an address that is replaced: who uses it is told, and who signed in with it is signed out. */
const addressChanges = (now: string, before: StoredCustomer, after: StoredCustomer, source: string): Change[] => {
  if (sameAddress.test(source)) return [];
  const { id: customerId, externalId } = before;
  const changed = (['email', 'phone'] as const).filter(name => before[name] && before[name] !== after[name]);
  const told = changed.filter(name => isProven(before, name));
  const isOut = changed.includes('email') || (changed.length > 0 && source !== 'customer');
  return [
    ...told.map(attribute =>
      emit(addressChanged, { customerId, about: customerId, data: { attribute, from: before[attribute] ?? '' } }),
    ),
    ...(isOut ? [put(accesses, { customerId, notBefore: now })] : []),
    ...(externalId && externalId !== after.externalId ? [identityMoved(now, after.id)] : []),
  ];
};

export const withoutField = (profile: Json, [name = '', ...inner]: string[]): Json => {
  const { [name]: part, ...others } = profile;
  const within = isObject(part) && (inner[0] ?? '') in part;
  return within ? { ...others, [name]: withoutField(part, inner) } : others;
};

/** Writes what of a profile is valid; `dropped`: what is not, and why. */
export const withoutInvalidFields = (
  write: (profile: Json) => CustomerWrite,
  profile: Json,
): CustomerWrite & { dropped: FieldError[] } => {
  const dropped: FieldError[] = [];
  let rest = profile;
  for (;;) {
    try {
      return { ...write(rest), dropped };
    } catch (error) {
      const errors = error instanceof ApiError ? (error.more.errors ?? []) : [];
      const removable = errors.filter(({ path }) => (path.split('.')[0] ?? '') in rest);
      if (!removable.length) throw error;
      dropped.push(...removable);
      rest = removable.map(({ path }) => path.split('.')).reduce(withoutField, rest);
    }
  }
};
