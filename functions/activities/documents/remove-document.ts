import { documentRemoved } from '../../../events/document.ts';
import { type Handler, Reply } from '../../shared/http/contract.ts';
import { emit, remove } from '../../shared/store/changes.ts';
import { documents, tellsOf, told } from './document.ts';
import type { documentRoutes } from './document-routes.ts';

/** The record goes now and says which files are to follow: see clear-files.ts. */
export const removeDocument: Handler<typeof documentRoutes.removeDocument> = async (
  { params: { id = '' } },
  { store },
) => {
  const before = await store.need(documents, { id });
  const files = before.versions.map(({ path }) => path);
  const said = emit(documentRemoved, { ...tellsOf(before), data: { ...told(before), files } });
  return store.commit([remove(documents, before), said], new Reply(200, before));
};
