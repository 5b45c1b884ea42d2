import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../shared/http/api-error.ts';
import { isObject, type Json } from '../../shared/json.ts';
import type { Profile } from '../customer.ts';
import type { CustomerSettings } from '../settings.ts';
import { computedOf } from './computed-definitions.ts';
import { withValue } from './paths.ts';

const without = (fields: Json, names: string[]): Json =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const notTheirs = (attributes: string[], at = '') => {
  const errors = attributes.map(path => ({ path: `${at}${path}`, message: 'is computed: nobody sets it' }));
  return new ApiError('invalid', 'attribute.computed', `${attributes.join(', ')}: computed, nobody sets it`, {
    errors,
  });
};

const attributesOf = (settings: CustomerSettings) => computedOf(settings).map(({ attribute }) => attribute);

/** refuses values of which one is computed; `at`: where they are said */
export const mustNotSet = (values: ReadonlyMap<string, unknown>, settings: CustomerSettings, at: string) => {
  const computed = attributesOf(settings).filter(attribute => values.has(attribute));
  if (computed.length) throw notTheirs(computed, at);
};

/** a customer, or its profile, without what is computed */
export const said = <C extends object>(customer: C, settings: CustomerSettings): C =>
  attributesOf(settings).reduce<Json>((rest, one) => withValue(rest, one, undefined), customer as Json) as C;

/** A patch without computed values that are said as they stand; refuses those that are said otherwise. Clearing all leaves them. */
export const withoutComputed = (patch: Json, was: Profile | undefined, settings: CustomerSettings): Json => {
  const names = attributesOf(settings).map(attribute => attribute.slice('attributes.'.length));
  if (!names.length) return patch;
  const [had, given]: [Json, unknown] = [was?.attributes ?? {}, patch.attributes];
  if (given === null) {
    const cleared = Object.keys(without(had, names)).map(name => [name, null]);
    return { ...patch, attributes: Object.fromEntries(cleared) };
  }
  if (!isObject(given)) return patch;
  const meant = names.filter(name => Object.hasOwn(given, name));
  const others = meant.filter(name => !isDeepStrictEqual(given[name] ?? null, had[name] ?? null));
  if (others.length) throw notTheirs(others.map(name => `attributes.${name}`));
  return meant.length ? { ...patch, attributes: without(given, meant) } : patch;
};
