import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Handler, type Request as HttpRequest, Reply } from '../shared/http/contract.ts';
import type { TrackingRoute } from './contract.ts';
import type { Takes } from './inlets.ts';
import { noteRejected } from './note-rejected.ts';
import { limits, readBody } from './read-body.ts';
import { keyOutside, sourceOf } from './source.ts';
import { takeCalls } from './take-calls.ts';
import type { Client } from './tracked-context.ts';

type Request = HttpRequest<TrackingRoute>;

/** who is at the other end, by the headers that the gateway sets and browsers send */
export const clientOf = ({ headers }: Pick<Request, 'headers'>): Client => ({
  // the gateway adds the caller's address at the end; what stands before it is only said by the caller
  ip: headers['x-forwarded-for']?.split(',').at(-1)?.trim(),
  userAgent: headers['user-agent'],
  browser: headers.origin !== undefined,
});

/** a refusal in the shape that trackers know */
export const refused = (error: unknown) => {
  if (!(error instanceof ApiError)) throw error;
  return new Reply(error.status, { success: false, message: error.message, code: 'invalid_request' });
};

/** The use case of a path that trackers post to. */
export const takePost =
  (path: string, takes: Takes): Handler<TrackingRoute> =>
  async (asked, ctx) => {
    let source: Ctx | undefined;
    try {
      const key = keyOutside(asked);
      source = key === undefined ? undefined : await sourceOf(key, ctx);
      const body = readBody(
        asked.raw ?? Buffer.alloc(0),
        asked.headers,
        takes === 'batch' ? limits.batch : limits.call,
      );
      source ??= await sourceOf(body.writeKey, ctx);
      const around = { sentAt: asked.headers.sentat, client: clientOf(asked) };
      await takeCalls(takes, body, around, { ...source, inlet: path });
      return { success: true };
    } catch (error) {
      const reply = refused(error);
      // what came with a good key can be seen by who set the tracker up
      if (source)
        await noteRejected(path, [{ index: 0, type: null, messageId: null, reason: reply.body.message }], source);
      return reply;
    }
  };
