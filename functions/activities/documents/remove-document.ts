import { documentRemoved } from '../../../events/document.ts';
import { Answer, type UseCase } from '../../shared/http/contract.ts';
import { remove, say } from '../../shared/store/changes.ts';
import { documents, tellsOf, told } from './document.ts';
import type { documentRoutes } from './document-routes.ts';

/** The record goes now and says which files are to follow: see clear-files.ts. */
export const removeDocument: UseCase<typeof documentRoutes.removeDocument> = async (
  { params: { id = '' } },
  { store },
) => {
  const before = await store.need(documents, { id });
  const files = before.versions.map(({ path }) => path);
  const said = say(documentRemoved, { ...tellsOf(before), data: { ...told(before), files } });
  return store.commit([remove(documents, before), said], new Answer(200, before));
};
