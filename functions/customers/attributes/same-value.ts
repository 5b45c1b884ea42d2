import { isDeepStrictEqual } from 'node:util';
import type { StoredCustomer } from '../customer.ts';
import { profileOf } from '../profile.ts';
import { valuesOf } from './paths.ts';

const valueAt = (customer: StoredCustomer, attribute: string) =>
  [...valuesOf(profileOf(customer))]
    .filter(([one]) => one === attribute || one.startsWith(`${attribute}.`))
    .sort(([a], [b]) => (a < b ? -1 : 1));

export const hasSameValue = (a: StoredCustomer, b: StoredCustomer, attribute: string) => {
  const value = valueAt(a, attribute);
  return value.length > 0 && isDeepStrictEqual(value, valueAt(b, attribute));
};
