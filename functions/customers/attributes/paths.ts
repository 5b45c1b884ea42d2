import { isObject, type Json } from '../../shared/json.ts';
import { Address, Profile } from '../customer.ts';

/** fields whose parts are attributes of their own */
export const inParts: readonly string[] = ['address', 'identifiers', 'attributes'];

const plain = Object.keys(Profile.shape).filter(name => name !== 'kind' && !inParts.includes(name));

/** the attributes that every customer may have */
export const standard: readonly string[] = [...plain, ...Object.keys(Address.shape).map(part => `address.${part}`)];

/** a profile's values by attribute: `phone`, `address.postcode`, `attributes.size`. The kind is what it is, not what is known. */
export const valuesOf = (profile: Json): Map<string, unknown> =>
  new Map(
    Object.entries(profile).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'kind' || value === undefined) return [];
      if (!inParts.includes(name)) return [[name, value]];
      return isObject(value) ? Object.entries(value).map(([part, one]) => [`${name}.${part}`, one]) : [];
    }),
  );

/** the attribute that a path leads to or into: `attributes.car.model` is a part of `attributes.car` */
export const attributeAt = (path: string) => {
  const [name = '', part] = path.split('.');
  return inParts.includes(name) && part !== undefined ? `${name}.${part}` : name;
};

const set = (fields: Json, name: string, value: unknown): Json => {
  const others = Object.entries(fields).filter(([other]) => other !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
};

/** a profile with another value of one attribute; undefined removes it, and what it was the last part of */
export const withValue = (profile: Json, attribute: string, value: unknown): Json => {
  const at = attribute.indexOf('.');
  if (at < 0) return set(profile, attribute, value);
  const [name, part] = [attribute.slice(0, at), attribute.slice(at + 1)];
  const parts = set(isObject(profile[name]) ? profile[name] : {}, part, value);
  return set(profile, name, Object.keys(parts).length ? parts : undefined);
};
