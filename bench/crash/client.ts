import { setTimeout as sleep } from 'node:timers/promises';
import type { Runtime } from './runtime.ts';

// biome-ignore lint/suspicious/noExplicitAny: replies are compared, not computed with
export type Body = any;

type Sent = { body?: object; key?: string; authorization?: string };

/** real milliseconds between the tries of a call that was not answered */
const pause = 100;

/** A client that repeats each call, with the same key, until it is answered, over any number of deaths of the runtime. */
export const insistentClient = (runtime: Runtime) => {
  let repeated = 0;

  const once = async (method: string, path: string, { body, key, authorization }: Sent) => {
    await runtime.up();
    const { api, token } = runtime.at();
    const reply = await fetch(api + path, {
      method,
      headers: {
        authorization: authorization ?? `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, body: (text ? JSON.parse(text) : undefined) as Body };
  };

  /** no answer: no connection, an internal error, too busy, or the first request with this key still runs */
  const mustRetry = (reply: { status: number; body: Body } | undefined) =>
    !reply ||
    reply.status >= 500 ||
    reply.status === 429 ||
    ['conflict.concurrent-update', 'idempotency.running'].includes(reply.body?.code);

  const insist = async (call: string, sent: Sent = {}): Promise<{ status: number; body: Body }> => {
    const [method = 'GET', path = '/'] = call.split(' ');
    for (;;) {
      const reply = await once(method, path, sent).catch(() => undefined);
      if (!mustRetry(reply)) return reply!;
      repeated++;
      await sleep(pause);
    }
  };

  /** the reply's body; throws for any other answer than yes */
  const ask = async (call: string, sent: Sent = {}): Promise<Body> => {
    const { status, body } = await insist(call, sent);
    if (status >= 300) throw new Error(`${call}: ${status} ${JSON.stringify(body)}`);
    return body;
  };

  return {
    insist,
    ask,
    /** all pages of a list */
    async all(path: string): Promise<Body[]> {
      const found: Body[] = [];
      let cursor: string | null = '';
      do {
        const page: Body = await ask(
          `GET ${path}${path.includes('?') ? '&' : '?'}limit=100${cursor && `&cursor=${cursor}`}`,
        );
        found.push(...page.items);
        cursor = page.nextCursor && encodeURIComponent(page.nextCursor);
      } while (cursor);
      return found;
    },
    /** a call of the AWS endpoint */
    async aws(target: string, body: object): Promise<Body> {
      await runtime.up();
      const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' };
      const reply = await fetch(runtime.at().aws, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!reply.ok) throw new Error(`${target}: ${reply.status} ${await reply.text()}`);
      return reply.json();
    },
    repeated: () => repeated,
  };
};

export type Client = ReturnType<typeof insistentClient>;
