import type { Ctx } from '../shared/context.ts';
import { Answer, type Asked, type UseCase } from '../shared/contract.ts';
import { Refusal } from '../shared/refusal.ts';
import type { TrackingRoute } from './contract.ts';
import type { Takes } from './inlets.ts';
import { noteRejected } from './note-rejected.ts';
import { type Json, limits, readBody } from './read-body.ts';
import { keyOutside, sourceOf } from './source.ts';
import { takeCalls } from './take-calls.ts';
import type { Client } from './tracked-context.ts';

type Request = Asked<TrackingRoute>;

/** who is at the other end, by the headers that the gateway sets and browsers send */
export const clientOf = ({ headers }: Pick<Request, 'headers'>): Client => ({
  // the gateway adds the caller's address at the end; what stands before it is only said by the caller
  ip: headers['x-forwarded-for']?.split(',').at(-1)?.trim(),
  userAgent: headers['user-agent'],
  browser: headers.origin !== undefined,
});

/** a refusal in the shape that trackers know */
export const refused = (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  return new Answer(error.status, { success: false, message: error.message, code: 'invalid_request' });
};

/** a body that cannot be read is noted too, when a good key came with it */
const readNoted = async (asked: Request, most: number, inlet: string, source: Ctx | undefined): Promise<Json> => {
  try {
    return readBody(asked.raw ?? Buffer.alloc(0), asked.headers, most);
  } catch (error) {
    if (!source || !(error instanceof Refusal)) throw error;
    await noteRejected(inlet, [{ index: 0, type: null, messageId: null, reason: error.message }], source);
    throw error;
  }
};

/** The use case of a path that trackers post to. */
export const takePost =
  (path: string, takes: Takes): UseCase<TrackingRoute> =>
  async (asked, ctx) => {
    try {
      const key = keyOutside(asked);
      const known = key === undefined ? undefined : await sourceOf(key, ctx);
      const body = await readNoted(asked, takes === 'batch' ? limits.batch : limits.call, path, known);
      const source = known ?? (await sourceOf(body.writeKey, ctx));
      const around = { sentAt: asked.headers.sentat, client: clientOf(asked) };
      await takeCalls(takes, body, around, { ...source, inlet: path });
      return { success: true };
    } catch (error) {
      return refused(error);
    }
  };
