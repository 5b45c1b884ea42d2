import type { Handler } from '../../shared/http/contract.ts';
import { arrived } from './arrived.ts';
import { documents } from './document.ts';
import type { documentRoutes } from './document-routes.ts';
import { withLinks } from './links.ts';

export const readDocument: Handler<typeof documentRoutes.readDocument> = async ({ params: { id = '' } }, ctx) => {
  const { document } = await arrived(ctx, await ctx.store.need(documents, { id }));
  return withLinks(ctx, document);
};
