import { invalid } from '../../shared/http/api-error.ts';
import type { Paging, Store } from '../../shared/store/store.ts';
import { customers, type Profile } from '../customer.ts';
import { type CustomerSettings, settingsOf } from '../settings.ts';
import { valuesOf } from './paths.ts';
import { isScalar, parseTyped } from './typed-values.ts';

// each is an item of the store, and part of the transaction that writes the customer
const most = { each: 10, all: 20, characters: 200 };

export const mostIndexed = 10;

/** the lookup of a value, texts in lower case; undefined if it is too long */
const lookupOf = (attribute: string, value: unknown): string | undefined => {
  const text = String(value).trim().toLowerCase();
  return text && text.length <= most.characters ? `${attribute}=${text}` : undefined;
};

/** the lookups of a customer by its indexed attributes; of a list the first ten items */
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

/** ids of the customers with a value of an indexed attribute, page by page */
export const byAttribute = async (store: Store, attribute: string, value: string, paging: Paging) => {
  const { definitions } = await settingsOf(store);
  const definition = definitions.find(one => one.attribute === attribute);
  if (!definition?.indexed) {
    throw invalid([{ path: 'attribute', message: 'is not an indexed attribute: see PUT /v1/attributes/{name}' }]);
  }
  // the items of a list have no type
  const read = definition.type === 'list' ? { value } : parseTyped(definition, value);
  const found = 'value' in read ? lookupOf(attribute, read.value) : undefined;
  return found ? store.lookup(customers, 'attribute', found, paging) : { items: [], nextCursor: null };
};
