import { isDeepStrictEqual } from 'node:util';
import { customerCreated, customerUpdated } from '../../events/customer.ts';
import { newId } from '../../events/ids.ts';
import { type Change, first, insert, next, say, update } from '../shared/changes.ts';
import { parse } from '../shared/parse.ts';
import { type FieldError, invalid, Refusal } from '../shared/refusal.ts';
import { type Customer, customers, displayName, Profile, type StoredCustomer } from './customer.ts';
import { normalisePhone } from './phone.ts';

/** where a value comes from; `observedAt`: when it was so, now unless said */
export type Origin = { source: string; observedAt?: string };

export type Decided = { customer: Customer; changes: Change[] };

const identifying = ['name', 'givenName', 'familyName', 'email', 'phone', 'externalId'] as const;

/** the rules that hold between a profile's fields; gives the phone number in E.164 */
export const complete = (profile: Profile): Profile => {
  const errors: FieldError[] = [];
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

/** a new customer from a parsed profile */
export const created = (
  now: string,
  profile: Profile,
  { source }: Origin,
  newCustomer = newId('customer', now),
): Decided => {
  const customer: Customer = first(now, { ...complete(profile), id: newCustomer });
  const { id, kind } = customer;
  return {
    customer,
    changes: [insert(customers, customer), say(customerCreated, { customerId: id, about: id, data: { kind, source } })],
  };
};

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396 */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const merged: Json = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
};

/** the differences between two values as dotted attributes */
export const differences = (
  from: unknown,
  to: unknown,
  path: string[] = [],
): { attribute: string; from: unknown; to: unknown }[] => {
  if (isDeepStrictEqual(from, to)) return []; // the store keeps no order of keys
  if (!isObject(from) || !isObject(to)) return [{ attribute: path.join('.'), from: from ?? null, to: to ?? null }];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap(name =>
    differences(from[name], to[name], [...path, name]),
  );
};

const told = new Set(Object.keys(Profile.shape));

/** what a client said of a customer */
export const profileOf = (customer: Customer): Profile =>
  Object.fromEntries(Object.entries(customer).filter(([name]) => told.has(name))) as Profile;

/** everything else that is kept of it */
export const keptOf = (customer: Customer) =>
  Object.fromEntries(Object.entries(customer).filter(([name]) => !told.has(name))) as Omit<
    StoredCustomer,
    keyof Profile
  >;

/** A customer under a merge patch. Without a difference nothing is written and the version stays. */
export const changed = (now: string, before: Customer, patch: Json, { source }: Origin): Decided => {
  const was = profileOf(before);
  // a name that was composed from its parts follows them
  const composed = was.name === displayName({ ...was, name: undefined }) && !('name' in patch);
  const profile = complete(parse(Profile, mergePatch(composed ? { ...was, name: undefined } : was, patch)));
  const changes = differences(was, profile);
  if (!changes.length) return { customer: before, changes: [] };
  const { id } = before;
  const customer: StoredCustomer = next(now, { ...keptOf(before), ...profile }, {});
  return {
    customer,
    changes: [
      update(customers, before, customer),
      say(customerUpdated, { customerId: id, about: id, data: { changes, source } }),
    ],
  };
};

/** what of a profile the customer's store accepts: a bad trait is left out, never the whole call */
export const acceptable = (decide: (profile: Json) => Decided, profile: Json) => {
  let rest = profile;
  for (;;) {
    try {
      return decide(rest);
    } catch (error) {
      const bad = error instanceof Refusal ? (error.more.errors ?? []).map(({ path }) => path.split('.')) : [];
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

/** what of a patch a profile has nothing for yet */
export const missing = (profile: Json, patch: Json): Json =>
  Object.fromEntries(
    Object.entries(patch).flatMap(([name, value]) => {
      const was = profile[name];
      if (was === undefined) return [[name, value]];
      return isObject(was) && isObject(value) ? [[name, missing(was, value)]] : [];
    }),
  );
