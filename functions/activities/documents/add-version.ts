import { ApiError } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { update, updated } from '../../shared/store/changes.ts';
import { arrived } from './arrived.ts';
import { documents } from './document.ts';
import { limits, versionPath } from './document-files.ts';
import type { documentRoutes } from './document-routes.ts';
import { withUpload } from './links.ts';

/** A new file beside those before. A version whose file never came is taken up again. */
export const addVersion: Handler<typeof documentRoutes.addVersion> = async ({ params: { id = '' } }, ctx) => {
  const { now, actor, store } = ctx;
  const { document: before } = await arrived(ctx, await store.need(documents, { id }));
  const settled = before.versions.filter(({ size }) => size !== undefined);
  const nth = (settled.at(-1)?.nth ?? 0) + 1;
  if (nth > limits.versions) {
    throw new ApiError('conflict', 'document.too-many-versions', `a document has at most ${limits.versions} versions`);
  }
  const version = { nth, at: now, by: actor, path: versionPath(before, nth) };
  const document = updated(now, before, { versions: [...settled, version] });
  return store.commit([update(documents, before, document)], await withUpload(ctx, document));
};
