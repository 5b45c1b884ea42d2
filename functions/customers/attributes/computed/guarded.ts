import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from '../../../shared/is-object.ts';
import { Refusal } from '../../../shared/refusal.ts';
import type { Profile } from '../../customer.ts';
import type { CustomerSettings } from '../../settings.ts';
import { computedOf } from './definitions.ts';

const without = (fields: Json, names: string[]): Json =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const notTheirs = (names: string[]) => {
  const errors = names.map(name => ({ path: `attributes.${name}`, message: 'is computed: nobody sets it' }));
  return new Refusal('invalid', 'attribute.computed', `${names.join(', ')}: computed, nobody sets it`, { errors });
};

/** A patch without computed values that are said as they stand; refuses those that are said otherwise. Clearing all leaves them. */
export const withoutComputed = (patch: Json, was: Profile | undefined, settings: CustomerSettings): Json => {
  const names = computedOf(settings).map(({ attribute }) => attribute.slice('attributes.'.length));
  if (!names.length) return patch;
  const [had, said]: [Json, unknown] = [was?.attributes ?? {}, patch.attributes];
  if (said === null) {
    const cleared = Object.keys(without(had, names)).map(name => [name, null]);
    return { ...patch, attributes: Object.fromEntries(cleared) };
  }
  if (!isObject(said)) return patch;
  const meant = names.filter(name => Object.hasOwn(said, name));
  const others = meant.filter(name => !isDeepStrictEqual(said[name] ?? null, had[name] ?? null));
  if (others.length) throw notTheirs(others);
  return meant.length ? { ...patch, attributes: without(said, meant) } : patch;
};
