import { isDeepStrictEqual } from 'node:util';
import type { FieldError } from '../../shared/http/api-error.ts';
import type { Profile } from '../customer.ts';
import type { CustomerSettings } from '../settings.ts';
import { builtIn, type Definition, isOwn } from './definition.ts';
import { valuesOf, withValue } from './paths.ts';
import { typed } from './typed.ts';

/**
 * all: what is declared as required must be there, too · values: only what is said is held against its definition · none: what
 * has been there before moves as it is
 */
export type Checks = 'all' | 'values' | 'none';

type Checked = { profile: Profile; errors: FieldError[] };

const faultOf = (attribute: string, definition: Definition | undefined, { kind }: Profile, strict: boolean) => {
  if (!definition) return strict && isOwn(attribute) && !builtIn.includes(attribute) ? 'is not declared' : undefined;
  const { appliesTo } = definition;
  return appliesTo && appliesTo !== kind ? `is an attribute of a ${appliesTo} only` : undefined;
};

const lacking = (wanted: Profile, was: Profile | undefined, { definitions }: CustomerSettings): FieldError[] => {
  const has = (profile: Profile, attribute: string) =>
    [...valuesOf(profile)].some(
      ([one, value]) => value !== null && (one === attribute || one.startsWith(`${attribute}.`)),
    );
  return definitions
    .filter(({ required, appliesTo }) => required && (!appliesTo || appliesTo === wanted.kind))
    .filter(({ attribute }) => !has(wanted, attribute) && (!was || has(was, attribute)))
    .map(({ attribute }) => ({ path: attribute, message: 'is required' }));
};

/**
 * A profile with its values as they are declared to be. What was there before and did not change is not looked at: it may be older
 * than its definition. What is required cannot be left out of a new record, nor taken from one that has it.
 */
export const definedValues = (
  wanted: Profile,
  was: Profile | undefined,
  settings: CustomerSettings,
  checks: Checks,
): Checked => {
  if (checks === 'none') return { profile: wanted, errors: [] };
  const byAttribute = new Map(settings.definitions.map(one => [one.attribute, one]));
  const had = was && valuesOf(was);
  const errors: FieldError[] = checks === 'all' ? lacking(wanted, was, settings) : [];
  let profile: Record<string, unknown> = wanted;
  for (const [attribute, value] of valuesOf(wanted)) {
    if (value === null || (had?.has(attribute) && isDeepStrictEqual(had.get(attribute), value))) continue;
    const definition = byAttribute.get(attribute);
    const fault = faultOf(attribute, definition, wanted, settings.strictAttributes);
    const read = fault ? { fault } : definition ? typed(definition, value, wanted.address?.country) : { value };
    if ('fault' in read) errors.push({ path: attribute, message: read.fault });
    else if (!isDeepStrictEqual(read.value, value)) profile = withValue(profile, attribute, read.value);
  }
  return { profile: profile as Profile, errors };
};
