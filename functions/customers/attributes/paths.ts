import { isObject, type Json } from '../../shared/json.ts';
import { lazily } from '../../shared/lazily.ts';
import { Address, Profile } from '../customer.ts';

const inParts: readonly string[] = ['address', 'identifiers', 'attributes'];

export const standard = lazily((): readonly string[] => [
  ...Object.keys(Profile.shape).filter(name => name !== 'kind' && !inParts.includes(name)),
  ...Object.keys(Address.shape).map(part => `address.${part}`),
]);

/** a profile's values by attribute: `phone`, `address.postcode`, `attributes.size`; all but the kind */
export const valuesOf = (profile: Json): Map<string, unknown> =>
  new Map(
    Object.entries(profile).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'kind' || value === undefined) return [];
      if (!inParts.includes(name)) return [[name, value]];
      return isObject(value) ? Object.entries(value).map(([part, one]) => [`${name}.${part}`, one]) : [];
    }),
  );

/** the attribute at a path, or around it: `attributes.car` for `attributes.car.model` */
export const attributeAt = (path: string) => {
  const [name = '', part] = path.split('.');
  return inParts.includes(name) && part !== undefined ? `${name}.${part}` : name;
};

/** whether a path is another one, or a part of it */
export const isWithin = (path: string, whole: string) => path === whole || path.startsWith(`${whole}.`);

/** whether one of two paths is the other, or a part of it */
export const overlaps = (a: string, b: string) => isWithin(a, b) || isWithin(b, a);

/** whether a profile has a value of an attribute, or of a part of it */
export const hasValue = (profile: Json, attribute: string) =>
  [...valuesOf(profile)].some(([one, value]) => value !== null && isWithin(one, attribute));

const set = (fields: Json, name: string, value: unknown): Json => {
  const others = Object.entries(fields).filter(([other]) => other !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
};

/** a profile with another value of one attribute; undefined removes it, and an empty field with it */
export const withValue = (profile: Json, attribute: string, value: unknown): Json => {
  const at = attribute.indexOf('.');
  if (at < 0) return set(profile, attribute, value);
  const [name, part] = [attribute.slice(0, at), attribute.slice(at + 1)];
  const parts = set(isObject(profile[name]) ? profile[name] : {}, part, value);
  return set(profile, name, Object.keys(parts).length ? parts : undefined);
};

export const withoutValues = <T extends object>(profile: T, attributes: readonly string[]): T =>
  attributes.reduce<Json>((rest, attribute) => withValue(rest, attribute, undefined), profile as Json) as T;
