import { callingCustomer } from '../../customers/active-customer.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { arrived } from './arrived.ts';
import { documents } from './document.ts';
import type { documentRoutes } from './document-routes.ts';
import { withLink } from './links.ts';

/** what a customer may see and fetch of its documents, latest first */
export const listMyDocuments: Handler<typeof documentRoutes.listMyDocuments> = async ({ query }, ctx) => {
  const { id } = await callingCustomer(ctx);
  const keep = ({ visibleToCustomer }: { visibleToCustomer: boolean }) => visibleToCustomer;
  const { items, nextCursor } = await ctx.store.belonging(documents, id, { ...query, keep });
  const there = await Promise.all(items.map(one => arrived(ctx, one)));
  return { items: await Promise.all(there.map(({ document }) => withLink(ctx, document))), nextCursor };
};
