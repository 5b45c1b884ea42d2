import { ApiError } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import type { Json } from '../shared/json.ts';
import type { PixelRoute } from './contract.ts';
import type { Kind } from './inlets.ts';
import { limits, readBody } from './read-body.ts';
import { keyOutside, sourceOf } from './source.ts';
import { takeCalls } from './take-calls.ts';
import { clientOf } from './take-post.ts';

/** one transparent pixel */
const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const own = new Set(['writeKey', 'userId', 'anonymousId', 'messageId', 'event', 'name', 'category', 'timestamp']);

/** a call in an image's address: as base64 JSON in `data`, or its fields one by one, unknown ones being properties */
const callOf = (query: Record<string, string>): Json => {
  if (query.data !== undefined) return readBody(Buffer.from(query.data, 'base64'), {}, limits.call);
  const entries = Object.entries(query);
  return {
    ...Object.fromEntries(entries.filter(([name]) => own.has(name))),
    properties: Object.fromEntries(entries.filter(([name]) => !own.has(name))),
  };
};

/** The use case of a tracking pixel: an image in any case. */
export const takePixel =
  (path: string, takes: Kind): Handler<PixelRoute> =>
  async ({ query, headers }, ctx) => {
    try {
      const call = callOf(query);
      const source = await sourceOf(keyOutside({ headers, query }) ?? call.writeKey, ctx);
      // only visitors' browsers load images
      await takeCalls(takes, call, { client: { ...clientOf({ headers }), browser: true } }, { ...source, inlet: path });
      return gif;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return new Reply(error.status, gif);
    }
  };
