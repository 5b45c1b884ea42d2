import { customerCreated, customerUpdated } from '../../events/customer.ts';
import { newId } from '../../events/ids.ts';
import { valueConflictRecorded } from '../../events/provenance.ts';
import { ApiError, type FieldError, invalid } from '../shared/http/api-error.ts';
import { parse } from '../shared/http/parse.ts';
import { differences, isObject, type Json, mergePatch } from '../shared/json.ts';
import { type Change, created, emit, insert, update, updated } from '../shared/store/changes.ts';
import { computedSource } from './attributes/computed-definitions.ts';
import { withoutComputed } from './attributes/computed-values.ts';
import { definedValues } from './attributes/defined-values.ts';
import { lookupsOf } from './attributes/lookups.ts';
import { isComposedName } from './attributes/origins.ts';
import { valuesOf } from './attributes/paths.ts';
import type { Kept } from './attributes/provenance.ts';
import { firstProvenance, resolveValues, type Writing } from './attributes/settle.ts';
import { customers, displayName, Profile, type StoredCustomer } from './customer.ts';
import { normalisePhone } from './phone.ts';
import type { CustomerSettings } from './settings.ts';

/** what a write of a customer comes to; `kept`: what was said and does not stand, as what there is has the better standing */
export type Decided = { customer: StoredCustomer; changes: Change[]; kept: Kept[] };

const identifying = ['name', 'givenName', 'familyName', 'email', 'phone', 'externalId'] as const;

/** the rules that hold between a profile's fields; gives the phone number in E.164. `also`: what else is wrong with it */
export const complete = (profile: Profile, also: FieldError[] = []): Profile => {
  const errors: FieldError[] = [...also];
  const phone = profile.phone && normalisePhone(profile.phone, profile.address?.country);
  if (profile.phone && !phone) {
    const hint = profile.address?.country
      ? `in ${profile.address.country}`
      : 'with a country code, and no address.country says which';
    errors.push({ path: 'phone', message: `is not a valid phone number ${hint}` });
  }
  if (profile.kind === 'organisation' && !profile.name)
    errors.push({ path: 'name', message: 'an organisation needs a name' });
  if (!identifying.some(field => profile[field])) {
    errors.push({ path: '', message: `a customer needs at least one of ${identifying.join(', ')}` });
  }
  if (errors.length) throw invalid(errors);
  const name = displayName(profile);
  return { ...profile, ...(phone ? { phone } : {}), ...(name ? { name } : {}) };
};

/** a profile as it may be kept, its values as they are declared to be */
const checked = (profile: Profile, was: Profile | undefined, { settings, checks = 'all' }: Writing): Profile => {
  const defined = definedValues(profile, was, settings, checks);
  return complete(defined.profile, defined.errors);
};

/** how customers are found by the attributes that are indexed */
export const filed = (settings: CustomerSettings, profile: Profile) => {
  const lookups = lookupsOf(settings, profile);
  return lookups.length ? { lookups } : {};
};

/** a new customer from a parsed profile */
export const newCustomerFrom = (
  now: string,
  given: Profile,
  writing: Writing,
  newCustomer = newId('customer', now),
): Decided => {
  const profile = checked(theirs(given, undefined, writing) as Profile, undefined, writing);
  const customer: StoredCustomer = created(now, {
    ...profile,
    id: newCustomer,
    ...filed(writing.settings, profile),
    provenance: firstProvenance(now, profile, writing),
  });
  const { id, kind } = customer;
  const data = { kind, source: writing.source };
  return {
    customer,
    changes: [insert(customers, customer), emit(customerCreated, { customerId: id, about: id, data })],
    kept: [],
  };
};

/** what of a patch anybody but us may say; refuses what is computed */
const theirs = (patch: Json, was: Profile | undefined, { settings, source }: Writing): Json =>
  source === computedSource ? patch : withoutComputed(patch, was, settings);

const fields = new Set(Object.keys(Profile.shape));

/** what a client said of a customer */
export const profileOf = (customer: StoredCustomer): Profile =>
  Object.fromEntries(Object.entries(customer).filter(([name]) => fields.has(name))) as Profile;

/** everything else that is kept of it */
export const keptOf = (customer: StoredCustomer) =>
  Object.fromEntries(Object.entries(customer).filter(([name]) => !fields.has(name))) as Omit<
    StoredCustomer,
    keyof Profile
  >;

const told = (before: StoredCustomer, profile: Profile, news: Kept[], { source }: Writing): Change[] => {
  const { id } = before;
  const to = { customerId: id, about: id };
  const changes = differences(profileOf(before), profile);
  const has = valuesOf(profile);
  const values = news.map(({ attribute, value, why }) => ({ attribute, stands: has.get(attribute), said: value, why }));
  return [
    ...(changes.length ? [emit(customerUpdated, { ...to, data: { changes, source } })] : []),
    ...(values.length ? [emit(valueConflictRecorded, { ...to, data: { source, values } })] : []),
  ];
};

/**
 * A customer under a merge patch: what is said counts unless what there is has the better standing. Without anything to be
 * written the version stays.
 */
export const changedCustomer = (now: string, before: StoredCustomer, said: Json, writing: Writing): Decided => {
  const was = profileOf(before);
  const patch = theirs(said, was, writing);
  // a name that was composed from its parts follows them
  const composed = isComposedName(was) && !('name' in patch);
  const merged = parse(Profile, mergePatch(composed ? { ...was, name: undefined } : was, patch));
  const wanted = checked(merged, was, writing);
  const { profile, provenance, lost, news, due } = resolveValues(
    { now, before, was, wanted, patch, writing },
    complete,
  );
  if (!due) return { customer: before, changes: [], kept: lost };
  const { lookups: _, ...kept } = keptOf(before);
  const filing = filed(writing.settings, profile);
  const customer: StoredCustomer = updated(now, { ...kept, ...profile, ...filing, provenance }, {});
  const changes = [update(customers, before, customer), ...told(before, profile, news, writing)];
  return { customer, changes, kept: lost };
};

/** what of a profile the customer's store accepts: a bad trait is left out, never the whole call */
export const acceptable = (decide: (profile: Json) => Decided, profile: Json) => {
  let rest = profile;
  for (;;) {
    try {
      return decide(rest);
    } catch (error) {
      const bad = error instanceof ApiError ? (error.more.errors ?? []).map(({ path }) => path.split('.')) : [];
      const known = bad.filter(([name = '']) => name in rest);
      if (!known.length) throw error;
      rest = known.reduce(without, rest);
    }
  }
};

/** a profile without a bad part, which may lie within a part */
export const without = (profile: Json, [name = '', ...inner]: string[]): Json => {
  const { [name]: part, ...others } = profile;
  const within = isObject(part) && (inner[0] ?? '') in part;
  return within ? { ...others, [name]: without(part, inner) } : others;
};
