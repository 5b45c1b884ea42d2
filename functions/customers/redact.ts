import type { Condition } from '../shared/conditions/condition.ts';
import { attributesIn } from '../shared/conditions/needs.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { mayRead } from '../shared/http/roles.ts';
import { isObject, type Json } from '../shared/json.ts';
import { attributeNamed } from './attributes/definition.ts';
import { confidentialOf } from './attributes/definitions.ts';
import { isComposedName } from './attributes/origins.ts';
import { isWithin, overlaps, valuesOf, withoutValues } from './attributes/paths.ts';
import { Customer, type StoredCustomer } from './customer.ts';
import { confidentialAttribute } from './errors.ts';
import { type CustomerWrite, profileOf } from './profile.ts';
import { type CustomerSettings, settingsOf } from './settings.ts';
import { attributeOfTrait } from './traits.ts';

export const masked = '•••';

/** The attributes that a caller may not see: the confidential ones, unless it has the scope `customers.confidential`. */
export type Hidden = readonly string[];

const scope = 'customers.confidential';

export const hiddenBy = (settings: CustomerSettings, { scopes }: Pick<Ctx, 'scopes'>): Hidden =>
  scopes.has(scope) ? [] : confidentialOf(settings);

/** the same without settings at hand: a caller with the scope costs no read */
export const hiddenFrom = async ({ scopes, store }: Pick<Ctx, 'scopes' | 'store'>): Promise<Hidden> =>
  scopes.has(scope) ? [] : confidentialOf(await settingsOf(store));

const nameParts = ['givenName', 'familyName'];

/** whether an attribute, a part of it, or what it is part of is hidden; a name reveals its parts */
export const isHidden = (hidden: Hidden, path: string) =>
  hidden.some(one => overlaps(one, path) || (path === 'name' && nameParts.includes(one)));

/** A customer without hidden values; `masked` lists them. A name composed of a hidden part is hidden too. */
export const redact = <C extends StoredCustomer>(customer: C, hidden: Hidden): C & { masked?: string[] } => {
  if (!hidden.length) return customer;
  const profile = profileOf(customer);
  const all = [...valuesOf(profile).keys()].filter(attribute => hidden.some(one => isWithin(attribute, one)));
  const byPart = all.some(one => nameParts.includes(one)) && isComposedName(profile);
  const names = byPart && !all.includes('name') ? [...all, 'name'] : all;
  return names.length ? { ...withoutValues(customer, names), masked: names } : customer;
};

const shownFields = Object.keys(Customer.shape);

/** a customer as its reply shows it, for what is not parsed by the schema of a reply */
export const shownCustomer = (customer: StoredCustomer, hidden: Hidden) =>
  Object.fromEntries(
    Object.entries(redact(customer, hidden)).filter(([name]) => shownFields.includes(name)),
  ) as Customer;

/** the reply to a write: the customer after it, and the values of the request that do not apply */
export const toReply = (
  { customer, conflicts }: CustomerWrite,
  settings: CustomerSettings,
  ctx: Pick<Ctx, 'scopes'>,
) => ({
  ...redact(customer, hiddenBy(settings, ctx)),
  ...(conflicts.length ? { conflicts: conflicts.map(({ attribute, why }) => ({ attribute, why })) } : {}),
});

export const mask = (value: unknown) => (value === null || value === undefined ? value : masked);

/** what holds values of a customer by attribute or trait, wherever in an event it is */
const holders = new Set(['traits', 'attributes', 'customer', 'profile', 'patch', 'was', 'set']);

const isHiddenName = (hidden: Hidden, name: string) =>
  isHidden(hidden, name) || isHidden(hidden, attributeOfTrait(name));

const ofAttribute = ['from', 'to', 'value', 'current', 'rejected'];

/** A value as it leaves: hidden attributes are masked in it, by the names of the schema, at any depth. */
export const veiled = (value: unknown, hidden: Hidden, holds = false): unknown => {
  if (!hidden.length) return value;
  if (Array.isArray(value)) return value.map(one => veiled(one, hidden));
  if (!isObject(value)) return value;
  const { attribute } = value;
  const about = typeof attribute === 'string' && isHidden(hidden, attribute) ? ofAttribute : [];
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const isMasked = about.includes(name) || (holds && isHiddenName(hidden, name));
      return [name, isMasked ? mask(part) : veiled(part, hidden, holders.has(name))];
    }),
  );
};

export const redactEvent = <E extends { data: unknown }>(event: E, hidden: Hidden): E =>
  hidden.length ? { ...event, data: veiled(event.data, hidden) } : event;

/** what a caller may not see in reasons of decisions: of the account too, without the scope for it */
export const hiddenInReasons = (hidden: Hidden, reader: Pick<Ctx, 'scopes'>): Hidden =>
  mayRead(reader, 'finance') ? hidden : [...hidden, 'finance'];

/** a reason of a decision, `attribute <path> <condition>: <value>; …`, up to the value of the first attribute that is hidden */
export const redactReason = (reason: string, hidden: Hidden): string => {
  const named = [...reason.matchAll(/\battribute ([^ ]+) /g)].find(([, path = '']) => isHidden(hidden, path));
  if (!named) return reason;
  const value = reason.indexOf(': ', named.index);
  return `${value < 0 ? reason : reason.slice(0, value)}: ${masked}`;
};

/** refuses to write, map or ask for what the caller may not read */
export const rejectHiddenPaths = (hidden: Hidden, paths: Iterable<string>) => {
  if ([...paths].some(path => isHidden(hidden, path))) throw confidentialAttribute();
};

/** refuses a patch that overwrites or removes what the caller may not read */
export const rejectHiddenPatch = (hidden: Hidden, patch: object) => {
  const removed = Object.entries(patch).flatMap(([name, value]) => (value === null ? [name] : []));
  rejectHiddenPaths(hidden, [...valuesOf(patch as Json).keys(), ...removed]);
};

/** a pattern compares elements of lists one by one: which attribute a value is of cannot be required */
const comparesHidden = (hidden: Hidden, pattern: unknown, within?: string): boolean => {
  if (Array.isArray(pattern)) return pattern.some(one => comparesHidden(hidden, one, within));
  if (!isObject(pattern)) return false;
  return Object.entries(pattern).some(([name, part]) => {
    if (within && holders.has(within) && isHiddenName(hidden, name)) return true;
    if ((within === 'changes' || within === 'values') && name !== 'attribute') return true;
    return comparesHidden(hidden, part, name === '$or' ? within : name);
  });
};

/** refuses a pattern over events, or a condition with one, that would reveal a hidden value */
export const rejectHiddenPattern = (hidden: Hidden, pattern: unknown) => {
  if (hidden.length && comparesHidden(hidden, pattern)) throw confidentialAttribute();
};

/** refuses a condition with a result that would reveal a hidden value */
export const rejectHidden = (hidden: Hidden, condition: Condition | undefined) => {
  // of a condition over a case, the customer's are under its name
  rejectHiddenPaths(
    hidden,
    attributesIn([condition]).map(path => path.replace(/^customer\./, '')),
  );
  rejectHiddenPattern(hidden, condition);
};

const mostFields = 100;

/** the attributes of a `fields` parameter by their whole paths: `phone`, `address` or a part of it, `attributes.plan` */
export const requestedFields = (fields: string): string[] => {
  const paths = fields.split(',').map(path => path.trim());
  if (paths.length > mostFields) throw invalid([{ path: 'fields', message: `are more than ${mostFields}` }]);
  const unknown = paths.filter(path => path !== 'attributes' && attributeNamed(path) !== path);
  if (unknown.length) {
    throw invalid(unknown.map(path => ({ path: 'fields', message: `${path || "''"} is not an attribute` })));
  }
  return paths;
};

export const pickFields = <C extends StoredCustomer & { masked?: string[] }>(
  customer: C,
  requested: readonly string[] | undefined,
): C => {
  if (!requested) return customer;
  const isRequested = (attribute: string) => requested.some(one => isWithin(attribute, one));
  const others = [...valuesOf(profileOf(customer)).keys()].filter(attribute => !isRequested(attribute));
  const masked = customer.masked?.filter(isRequested);
  return { ...withoutValues(customer, others), ...(masked ? { masked } : {}) };
};
