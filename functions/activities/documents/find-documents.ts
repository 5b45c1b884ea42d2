import { needCustomer } from '../../customers/reads.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { documents, type StoredDocument } from './document.ts';
import type { documentRoutes } from './document-routes.ts';

/** Documents of a customer, about a record, or, without either, those for all. */
export const findDocuments: Handler<typeof documentRoutes.findDocuments> = async ({ query }, { store }) => {
  const { customerId, relatedTo, ...paging } = query;
  if (customerId) {
    const { id } = await needCustomer(store, customerId);
    const keep = (found: StoredDocument) => !relatedTo || found.relatedTo === relatedTo;
    return store.belonging(documents, id, { ...paging, keep });
  }
  return relatedTo
    ? store.list(documents, 'related', relatedTo, paging)
    : store.list(documents, 'shared', 'all', paging);
};
