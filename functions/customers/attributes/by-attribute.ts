import { invalid } from '../../shared/http/api-error.ts';
import type { Paging, Store } from '../../shared/store/store.ts';
import { customers } from '../customer.ts';
import { settingsOf } from '../settings.ts';
import { lookupOf } from './lookups.ts';
import { typed } from './typed.ts';

/** ids of the customers that have a value of an indexed attribute, page by page; the value is read as the attribute's type has it */
export const byAttribute = async (store: Store, attribute: string, value: string, paging: Paging) => {
  const { definitions } = await settingsOf(store);
  const definition = definitions.find(one => one.attribute === attribute);
  if (!definition?.indexed) {
    throw invalid([{ path: 'attribute', message: 'is not declared as indexed; see PUT /v1/attributes/{name}' }]);
  }
  // of a list one item is looked for, which has the type of none
  const read = definition.type === 'list' ? { value } : typed(definition, value);
  const found = 'value' in read ? lookupOf(attribute, read.value) : undefined;
  return found ? store.lookup(customers, 'attribute', found, paging) : { items: [], nextCursor: null };
};
