import { documentUploaded } from '../../events/document.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import { eventOf, update, updated } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import { documents, latestUploaded, limits, type StoredDocument, type StoredVersion } from './document.ts';

/** until when the file of a version may still arrive, or be overwritten */
const isOpen = ({ at, size }: StoredVersion, now: string) =>
  size === undefined || now <= plus(at, `PT${limits.linkSeconds}S`);

type Checked = { document: StoredDocument; tooLarge?: number };

/** The document after a look at its latest file: one that has arrived is recorded, one that is too large is removed. */
export const checkUpload = async ({ tenant, now, store }: Ctx, document: StoredDocument): Promise<Checked> => {
  const last = document.versions.at(-1);
  if (!last || !isOpen(last, now)) return { document };
  const file = await filesOf(tenant).look(last.path);
  if (!file || (file.etag === last.etag && file.size === last.size)) return { document };
  if (file.size > limits.bytes) {
    await filesOf(tenant).remove(last.path);
    return { document, tooLarge: file.size };
  }
  const after = updated(now, document, { versions: [...document.versions.slice(0, -1), { ...last, ...file }] });
  const event = eventOf(documentUploaded, after, { nth: last.nth, size: file.size });
  await store.commit([update(documents, document, after), event]);
  return { document: after };
};

type Tenant = Pick<Ctx, 'tenant'>;

const linkTo = ({ tenant }: Tenant, { name: filename }: StoredDocument, version: StoredVersion | undefined) =>
  version?.size === undefined
    ? null
    : filesOf(tenant).downloadUrl(version.path, { seconds: limits.linkSeconds, filename });

/** with a link to the latest file, or null until one has arrived */
export const withLink = async (ctx: Tenant, document: StoredDocument) => {
  const latest = latestUploaded(document);
  return { ...document, size: latest?.size ?? null, downloadUrl: await linkTo(ctx, document, latest) };
};

/** with links to all of its versions */
export const withLinks = async (ctx: Tenant, document: StoredDocument) => {
  const versions = document.versions.map(async version => ({
    ...version,
    downloadUrl: await linkTo(ctx, document, version),
  }));
  return { ...(await withLink(ctx, document)), versions: await Promise.all(versions) };
};

/** with a link that the file of its last version is uploaded to */
export const withUpload = async ({ tenant }: Tenant, document: StoredDocument) => ({
  ...document,
  uploadUrl: await filesOf(tenant).uploadUrl(document.versions.at(-1)?.path ?? '', limits.linkSeconds),
});
