import { documentCreated } from '../../../events/document.ts';
import { newId } from '../../../events/ids.ts';
import { needCustomer } from '../../customers/reads.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { first, insert, say } from '../../shared/store/changes.ts';
import { documents, type StoredDocument, tellsOf, told } from './document.ts';
import { versionPath } from './document-files.ts';
import type { documentRoutes } from './document-routes.ts';
import { withUpload } from './links.ts';

export const createDocument: UseCase<typeof documentRoutes.createDocument> = async ({ body }, ctx) => {
  const { now, actor, store } = ctx;
  const { customerId: asked, type = 'application/octet-stream', visibleToCustomer = false, ...fields } = body;
  const customerId = asked && (await needCustomer(store, asked)).id;
  const of = { id: newId('document', now), ...(customerId ? { customerId } : {}) };
  const document: StoredDocument = first(now, {
    ...of,
    ...fields,
    type,
    visibleToCustomer,
    versions: [{ nth: 1, at: now, by: actor, path: versionPath(of, 1) }],
  });
  const said = say(documentCreated, { ...tellsOf(document), data: told(document) });
  return store.commit([insert(documents, document), said], await withUpload(ctx, document));
};
