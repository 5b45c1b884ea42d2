import { ApiError } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { arrived } from './arrived.ts';
import { documents } from './document.ts';
import { limits } from './document-files.ts';
import type { documentRoutes } from './document-routes.ts';
import { withLinks } from './links.ts';

export const confirmUpload: Handler<typeof documentRoutes.confirmUpload> = async ({ params: { id = '' } }, ctx) => {
  const { document, tooLarge } = await arrived(ctx, await ctx.store.need(documents, { id }));
  if (tooLarge !== undefined) {
    const message = `the file has ${tooLarge} bytes and was removed: ${limits.bytes} are the most`;
    throw new ApiError('tooLarge', 'document.too-large', message);
  }
  if (document.versions.at(-1)?.size === undefined) {
    throw new ApiError('conflict', 'document.not-uploaded', 'no file has arrived at the link that was given out');
  }
  return withLinks(ctx, document);
};
