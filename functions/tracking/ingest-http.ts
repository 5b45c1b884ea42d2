import { env } from '../shared/aws/env.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Handler, Reply, type Request } from '../shared/http/contract.ts';
import type { Json } from '../shared/json.ts';
import { takeQuota } from '../shared/store/quota.ts';
import type { PixelRoute, TrackingRoute } from './contract.ts';
import type { Accepts, Kind } from './endpoints.ts';
import { writeKeyBusy } from './errors.ts';
import { ingestCalls } from './ingest-calls.ts';
import type { Client } from './message.ts';
import { limits, readBody } from './read-body.ts';
import { recordRejections } from './rejection.ts';
import { keyOutside, sourceOf } from './write-key.ts';

const clientOf = ({ headers }: Pick<Request, 'headers'>): Client => ({
  // the gateway appends the caller's address; earlier addresses are claims of the caller
  ip: headers['x-forwarded-for']?.split(',').at(-1)?.trim(),
  userAgent: headers['user-agent'],
  browser: headers.origin !== undefined,
  signals: [...(headers['sec-gpc'] === '1' ? ['gpc' as const] : []), ...(headers.dnt === '1' ? ['dnt' as const] : [])],
});

/** what a write key gives access to, as long as its quota of requests lasts */
export const admitted = async (key: unknown, ctx: Ctx): Promise<Ctx> => {
  const source = await sourceOf(key, ctx);
  const quota = { name: `requests#${source.actor}`, most: env.quota(2000), seconds: 10 };
  const retryAfter = await takeQuota(source.tenant, quota, ctx.now);
  if (retryAfter) throw writeKeyBusy(undefined, { retryAfter });
  return source;
};

export const refused = (error: unknown) => {
  if (!(error instanceof ApiError)) throw error;
  const { status, message, more } = error;
  const body = { success: false, message, code: error.kind === 'limited' ? error.code : 'invalid_request' };
  return new Reply(status, body, more.retryAfter ? { 'retry-after': String(more.retryAfter) } : {});
};

export const ingestPost =
  (path: string, accepts: Accepts): Handler<TrackingRoute> =>
  async (request, ctx) => {
    let source: Ctx | undefined;
    try {
      const key = keyOutside(request);
      source = key === undefined ? undefined : await admitted(key, ctx);
      const most = accepts === 'batch' ? limits.batch : limits.call;
      const body = readBody(request.raw ?? Buffer.alloc(0), request.headers, most);
      source ??= await admitted(body.writeKey, ctx);
      const common = { sentAt: request.headers.sentat, client: clientOf(request) };
      await ingestCalls(accepts, body, common, { ...source, endpoint: path });
      return { success: true };
    } catch (error) {
      const reply = refused(error);
      const rejected = { index: 0, type: null, messageId: null, reason: reply.body.message };
      if (source) await recordRejections(path, [rejected], source);
      return reply;
    }
  };

const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const own = new Set(['writeKey', 'userId', 'anonymousId', 'messageId', 'event', 'name', 'category', 'timestamp']);

/** a call in an image's address: base64 JSON in `data`, or its fields one by one, all others being properties */
const callOf = (query: Record<string, string>): Json => {
  if (query.data !== undefined) return readBody(Buffer.from(query.data, 'base64'), {}, limits.call);
  const entries = Object.entries(query);
  return {
    ...Object.fromEntries(entries.filter(([name]) => own.has(name))),
    properties: Object.fromEntries(entries.filter(([name]) => !own.has(name))),
  };
};

/** The handler of a tracking pixel: replies with an image in any case. */
export const ingestPixel =
  (path: string, accepts: Kind): Handler<PixelRoute> =>
  async ({ query, headers }, ctx) => {
    try {
      const call = callOf(query);
      const source = await admitted(keyOutside({ headers, query }) ?? call.writeKey, ctx);
      // only visitors' browsers load images
      const client = { ...clientOf({ headers }), browser: true, image: true } as const;
      await ingestCalls(accepts, call, { client }, { ...source, endpoint: path });
      return gif;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return new Reply(error.status, gif);
    }
  };
