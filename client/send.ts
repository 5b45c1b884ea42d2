import { Problem } from './problem.ts';

export type Sending = {
  fetch: typeof fetch;
  /** how often a request is retried at most */
  retries: number;
  /** whether the request may be done twice */
  repeatable: boolean;
};

/** in milliseconds; after a longer time the caller gets the error instead */
const longestWait = 60_000;

const retryAfter = (reply: Response) => {
  const after = reply.headers.get('retry-after');
  if (after === null) return undefined;
  return /^\d+$/.test(after) ? Number(after) * 1000 : Math.max(0, Date.parse(after) - Date.now());
};

const backOff = (attempt: number) => 2 ** attempt * 200 * (0.5 + Math.random() / 2);

const wait = (time: number, signal: AbortSignal | null | undefined) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, time);
    signal?.addEventListener('abort', stop, { once: true });
  });

const bodyOf = async (reply: Response): Promise<unknown> => {
  const text = await reply.text();
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return { detail: text.slice(0, 500) };
  }
};

/** a reply that is not JSON, such as CSV, is its text */
const resultOf = async (reply: Response): Promise<unknown> =>
  /^application\/json\b/.test(reply.headers.get('content-type') ?? '')
    ? bodyOf(reply)
    : (await reply.text()) || undefined;

/** whether an error may pass: the reply says so, or nothing was done, or the request may be done twice */
const isTransient = (reply: Response, repeatable: boolean) =>
  reply.status === 429 ||
  (reply.status === 503 && repeatable) ||
  (reply.status >= 400 && reply.headers.has('retry-after'));

/** Sends a request, retries where that is safe, and returns the body of the reply. Throws `Problem` for an error. */
export const send = async (
  url: string,
  init: RequestInit,
  { fetch, retries, repeatable }: Sending,
): Promise<unknown> => {
  for (let attempt = 0; ; attempt++) {
    const last = attempt === retries;
    let reply: Response;
    try {
      reply = await fetch(url, init);
    } catch (error) {
      // the network failed: the request may have arrived
      if (last || !repeatable || init.signal?.aborted) throw error;
      await wait(backOff(attempt), init.signal);
      continue;
    }
    if (reply.ok) return resultOf(reply);
    const time = retryAfter(reply) ?? backOff(attempt);
    if (last || time > longestWait || !isTransient(reply, repeatable)) {
      throw new Problem(reply.status, ((await bodyOf(reply)) ?? {}) as Record<string, unknown>);
    }
    await reply.body?.cancel();
    await wait(time, init.signal);
  }
};
