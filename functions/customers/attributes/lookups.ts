import type { Profile } from '../customer.ts';
import type { CustomerSettings } from '../settings.ts';
import { valuesOf } from './paths.ts';

/** each is an item of the store, and part of the transaction that writes the customer */
const most = { each: 10, all: 20, characters: 200 };

export const mostIndexed = 10;

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

/** what a value is filed under; a text in lower case; undefined for one too long to be looked for */
export const lookupOf = (attribute: string, value: unknown): string | undefined => {
  const text = String(value).trim().toLowerCase();
  return text && text.length <= most.characters ? `${attribute}=${text}` : undefined;
};

/** under what a customer is found by its values of the attributes that are indexed; of a list by the first ten items */
export const lookupsOf = ({ definitions }: CustomerSettings, profile: Profile): string[] => {
  const values = valuesOf(profile);
  const found = definitions
    .filter(({ indexed }) => indexed)
    .flatMap(({ attribute }) => {
      const items = [values.get(attribute)].flat().filter(isScalar).slice(0, most.each);
      return items.flatMap(item => lookupOf(attribute, item) ?? []);
    });
  return [...new Set(found)].slice(0, most.all);
};
