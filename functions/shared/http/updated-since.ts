import * as z from 'zod';
import { toIso, toMs } from '../time/duration.ts';
import type { Ctx } from './context.ts';
import type { Handler, Request, Route } from './contract.ts';

const UpdatedSince = z.iso
  .datetime('is not an instant in UTC such as 2026-02-28T09:30:00Z')
  .optional()
  .describe('only what changed at or after it; a page may then be short, or empty, and still have a next one');

const shapeOf = (schema: unknown): Record<string, z.ZodType> => (schema instanceof z.ZodObject ? schema.shape : {});

/** whether a reply is a page of records that have a time of change */
const hasTimes = (reply: z.ZodType) => {
  const { items, nextCursor } = shapeOf(reply);
  return nextCursor !== undefined && items instanceof z.ZodArray && 'updatedAt' in shapeOf(items.element);
};

/** The query of a route; that of a list also takes `updatedSince`. */
export const withUpdatedSince = <Query>(query: Query, reply: z.ZodType): Query =>
  query instanceof z.ZodObject && hasTimes(reply)
    ? (query.safeExtend({ updatedSince: UpdatedSince }) as unknown as Query)
    : query;

type Listing = { limit: number; cursor?: string | undefined; updatedSince?: string };
type Listed = { items: { updatedAt: string }[]; nextCursor: string | null };

/** of a list that is not in the order of changes so many pages are read at most; its cursor leads on */
const mostPages = 10;

/** The reply of a handler; of a list with `updatedSince` what changed since. */
export const replyOf = async (handler: Handler<Route>, request: Request, ctx: Ctx): Promise<unknown> => {
  const { updatedSince, ...query } = (request.query ?? {}) as Listing;
  if (updatedSince === undefined) return handler(request, ctx);
  const since = toIso(toMs(updatedSince));
  const found: Listed['items'] = [];
  let { cursor } = query;
  for (let nth = 0; nth < mostPages; nth++) {
    const paging = { ...query, limit: query.limit - found.length, cursor };
    const { items, nextCursor } = (await handler({ ...request, query: paging as never }, ctx)) as Listed;
    found.push(...items.filter(({ updatedAt }) => updatedAt >= since));
    if (!nextCursor) return { items: found, nextCursor };
    cursor = nextCursor;
    if (found.length === query.limit) break;
  }
  return { items: found, nextCursor: cursor };
};
