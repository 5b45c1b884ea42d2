import type { StoredCustomer } from '../../customers/customer.ts';
import { isObject } from '../../shared/json.ts';

/** shorter texts are common words */
const shortest = 3;

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
};

const named = ({ name, givenName, familyName, email, phone, externalId, address, identifiers, also }: StoredCustomer) =>
  [name, givenName, familyName, email, phone, externalId, address, identifiers]
    .flatMap(textsIn)
    .concat(Object.values(also ?? {}).flat())
    .filter(text => text.length >= shortest)
    .toSorted((a, b) => b.length - a.length);

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const withoutNames = (text: string, customer: StoredCustomer) =>
  named(customer).reduce((left, name) => left.replace(new RegExp(literal(name), 'giu'), '…'), text);
