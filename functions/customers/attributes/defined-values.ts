import { isDeepStrictEqual } from 'node:util';
import type { FieldError } from '../../shared/http/api-error.ts';
import { isObject, type Json } from '../../shared/json.ts';
import type { Profile } from '../customer.ts';
import { computedAttribute } from '../errors.ts';
import type { CustomerSettings } from '../settings.ts';
import { builtIn, type Definition, isCustom } from './definition.ts';
import { computedOf, requiredOf } from './definitions.ts';
import { hasValue, valuesOf, withoutValues, withValue } from './paths.ts';
import { parseTyped, type Reading } from './typed-values.ts';

/** all: required attributes too · values: only the written values · none: stored values move as they are */
export type Checks = 'all' | 'values' | 'none';

type Checked = { profile: Profile; errors: FieldError[] };

const faultOf = (attribute: string, definition: Definition | undefined, { kind }: Profile, strict: boolean) => {
  if (!definition)
    return strict && isCustom(attribute) && !builtIn.includes(attribute) ? 'is not a defined attribute' : undefined;
  const { appliesTo } = definition;
  return appliesTo && appliesTo !== kind ? `applies to a ${appliesTo} only` : undefined;
};

const missing = (wanted: Profile, was: Profile | undefined, settings: CustomerSettings): FieldError[] =>
  requiredOf(settings, wanted)
    .filter(attribute => !hasValue(wanted, attribute) && (!was || hasValue(was, attribute)))
    .map(path => ({ path, message: 'is required' }));

/**
 * A profile with its values in their defined types. Unchanged values are not checked: they may be older than their definition.
 * A required attribute cannot be missing in a new record, nor be removed.
 */
export const definedValues = (
  wanted: Profile,
  was: Profile | undefined,
  settings: CustomerSettings,
  checks: Checks,
  written?: Reading['written'],
): Checked => {
  if (checks === 'none') return { profile: wanted, errors: [] };
  const byAttribute = new Map(settings.definitions.map(one => [one.attribute, one]));
  const before = was && valuesOf(was);
  const errors: FieldError[] = checks === 'all' ? missing(wanted, was, settings) : [];
  let profile: Record<string, unknown> = wanted;
  const reading = { country: wanted.address?.country ?? settings.defaultCountry, written };
  for (const [attribute, value] of valuesOf(wanted)) {
    if (value === null || (before?.has(attribute) && isDeepStrictEqual(before.get(attribute), value))) continue;
    const definition = byAttribute.get(attribute);
    const fault = faultOf(attribute, definition, wanted, settings.strictAttributes);
    const read = fault ? { fault } : definition ? parseTyped(definition, value, reading) : { value };
    if ('fault' in read) errors.push({ path: attribute, message: read.fault });
    else if (!isDeepStrictEqual(read.value, value)) profile = withValue(profile, attribute, read.value);
  }
  return { profile: profile as Profile, errors };
};

const omit = (fields: Json, names: string[]): Json =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const computedRefused = (attributes: string[], at = '') =>
  computedAttribute(`${attributes.join(', ')}: computed, cannot be set. Leave it out.`, {
    errors: attributes.map(path => ({ path: `${at}${path}`, message: 'is computed and cannot be set' })),
  });

const computedAttributes = (settings: CustomerSettings) => computedOf(settings).map(({ attribute }) => attribute);

/** refuses values of computed attributes; `at`: their path in the request */
export const rejectComputed = (values: ReadonlyMap<string, unknown>, settings: CustomerSettings, at: string) => {
  const computed = computedAttributes(settings).filter(attribute => values.has(attribute));
  if (computed.length) throw computedRefused(computed, at);
};

export const withoutComputedValues = <C extends object>(customer: C, settings: CustomerSettings): C =>
  withoutValues(customer, computedAttributes(settings));

/** A patch without computed values that are unchanged; refuses changed ones. Removing all attributes does not remove them. */
export const patchWithoutComputed = (patch: Json, was: Profile | undefined, settings: CustomerSettings): Json => {
  const names = computedAttributes(settings).map(attribute => attribute.slice('attributes.'.length));
  if (!names.length) return patch;
  const [before, given]: [Json, unknown] = [was?.attributes ?? {}, patch.attributes];
  if (given === null) {
    const cleared = Object.keys(omit(before, names)).map(name => [name, null]);
    return { ...patch, attributes: Object.fromEntries(cleared) };
  }
  if (!isObject(given)) return patch;
  const present = names.filter(name => Object.hasOwn(given, name));
  const changed = present.filter(name => !isDeepStrictEqual(given[name] ?? null, before[name] ?? null));
  if (changed.length) throw computedRefused(changed.map(name => `attributes.${name}`));
  return present.length ? { ...patch, attributes: omit(given, present) } : patch;
};
