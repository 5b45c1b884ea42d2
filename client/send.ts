import { Problem } from './problem.ts';

export type Sending = {
  fetch: typeof fetch;
  /** how often a request is sent again at most */
  retries: number;
  /** whether the request may be done twice without harm */
  repeatable: boolean;
};

/** longer than that nobody waits: the caller is told instead */
const longestWait = 60_000;

const asked = (reply: Response) => {
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

/** whether a refusal is worth another try: it says so itself, or nothing was done, or doing it twice is harmless */
const passing = (reply: Response, repeatable: boolean) =>
  reply.status === 429 ||
  (reply.status === 503 && repeatable) ||
  (reply.status >= 400 && reply.headers.has('retry-after'));

/** Sends a request, again where that is safe, and gives the body of the reply. Throws `Problem` when it is refused. */
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
      // the network failed: whether the request arrived is not known
      if (last || !repeatable || init.signal?.aborted) throw error;
      await wait(backOff(attempt), init.signal);
      continue;
    }
    if (reply.ok) return bodyOf(reply);
    const time = asked(reply) ?? backOff(attempt);
    if (last || time > longestWait || !passing(reply, repeatable)) {
      throw new Problem(reply.status, ((await bodyOf(reply)) ?? {}) as Record<string, unknown>);
    }
    await reply.body?.cancel();
    await wait(time, init.signal);
  }
};
