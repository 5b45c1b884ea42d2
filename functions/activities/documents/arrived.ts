import { documentUploaded } from '../../../events/document.ts';
import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import { plus } from '../../shared/time/duration.ts';
import { documents, type StoredDocument, type StoredVersion, tellsOf, told } from './document.ts';
import { limits } from './document-files.ts';

/** until when the file of a version may still arrive, or be written over */
const isOpen = ({ at, size }: StoredVersion, now: string) =>
  size === undefined || now <= plus(at, `PT${limits.linkSeconds}S`);

export type Arrival = { document: StoredDocument; tooLarge?: number };

/** A document as it is once its last file has been looked at: what has arrived is noted, what is too large is removed. */
export const arrived = async ({ tenant, now, store }: Ctx, document: StoredDocument): Promise<Arrival> => {
  const last = document.versions.at(-1);
  if (!last || !isOpen(last, now)) return { document };
  const found = await filesOf(tenant).look(last.path);
  if (!found || (found.etag === last.etag && found.size === last.size)) return { document };
  if (found.size > limits.bytes) {
    await filesOf(tenant).remove(last.path);
    return { document, tooLarge: found.size };
  }
  const versions = [...document.versions.slice(0, -1), { ...last, ...found }];
  const after = updated(now, document, { versions });
  const data = { ...told(after), nth: last.nth, size: found.size, visibleToCustomer: after.visibleToCustomer };
  await store.commit([update(documents, document, after), emit(documentUploaded, { ...tellsOf(after), data })]);
  return { document: after };
};
