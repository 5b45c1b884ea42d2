import { documentCreated } from '../../../events/document.ts';
import { newId } from '../../../events/ids.ts';
import { needCustomer } from '../../customers/reads.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { created, emit, insert } from '../../shared/store/changes.ts';
import { documents, type StoredDocument, tellsOf, told } from './document.ts';
import { versionPath } from './document-files.ts';
import type { documentRoutes } from './document-routes.ts';
import { withUpload } from './links.ts';

export const createDocument: Handler<typeof documentRoutes.createDocument> = async ({ body }, ctx) => {
  const { now, actor, store } = ctx;
  const { customerId: asked, type = 'application/octet-stream', visibleToCustomer = false, ...fields } = body;
  const customerId = asked && (await needCustomer(store, asked)).id;
  const of = { id: newId('document', now), ...(customerId ? { customerId } : {}) };
  const document: StoredDocument = created(now, {
    ...of,
    ...fields,
    type,
    visibleToCustomer,
    versions: [{ nth: 1, at: now, by: actor, path: versionPath(of, 1) }],
  });
  const said = emit(documentCreated, { ...tellsOf(document), data: told(document) });
  return store.commit([insert(documents, document), said], await withUpload(ctx, document));
};
