import { filesOf } from '../../shared/aws/files.ts';
import { current, type StoredDocument, type StoredVersion } from './document.ts';
import { limits } from './document-files.ts';

type At = { tenant: string };

const seconds = limits.linkSeconds;

const linkTo = ({ tenant }: At, { name: filename }: StoredDocument, version: StoredVersion | undefined) =>
  version?.size === undefined ? null : filesOf(tenant).downloadUrl(version.path, { seconds, filename });

/** a document with the link to the file that counts, or null as long as none has arrived */
export const withLink = async <D extends StoredDocument>(at: At, document: D) => ({
  ...document,
  size: current(document)?.size ?? null,
  downloadUrl: await linkTo(at, document, current(document)),
});

/** with links to all of its versions */
export const withLinks = async (at: At, document: StoredDocument) => {
  const versions = document.versions.map(async version => ({
    ...version,
    downloadUrl: await linkTo(at, document, version),
  }));
  return { ...(await withLink(at, document)), versions: await Promise.all(versions) };
};

/** with the link that its last version's file is to be PUT to */
export const withUpload = async ({ tenant }: At, document: StoredDocument) => ({
  ...document,
  uploadUrl: await filesOf(tenant).uploadUrl(document.versions.at(-1)?.path ?? '', seconds),
});
