import { documentChanged } from '../../../events/document.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { differences } from '../../shared/json.ts';
import { patched } from '../../shared/patched.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import { DocumentFields, documents, type StoredDocument, tellsOf, told } from './document.ts';
import type { documentRoutes } from './document-routes.ts';

export const changeDocument: Handler<typeof documentRoutes.changeDocument> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(documents, { id });
  const fields = { ...patched(DocumentFields, before, body) };
  const changes = differences(patched(DocumentFields, before, {}), fields);
  if (!changes.length) return before;
  const { type, visibleToCustomer, customerId, versions, version, createdAt, updatedAt } = before;
  const kept = { id: before.id, customerId, type, visibleToCustomer, versions, version, createdAt, updatedAt };
  const document: StoredDocument = updated(now, { ...kept, ...fields } as StoredDocument, {});
  const said = emit(documentChanged, { ...tellsOf(document), data: { ...told(document), changes } });
  return store.commit([update(documents, before, document), said], document);
};
