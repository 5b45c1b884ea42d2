import { isShared, thisStack } from './this-stack.ts';

/** of requests that work on what lists show; before them and before it reads, a test waits for late indexes */
const byLists = /\/(merge|unmerge|preview|bulk|undo|replay|report|segments|segmentations|rebuild|estimate)$/;

type Asked = {
  body?: unknown;
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  headers?: Record<string, string>;
  /** another token than the world's own; null: none */
  token?: string | null;
};

// biome-ignore lint/suspicious/noExplicitAny: replies are asserted on, not computed with
export type Told = { status: number; headers: Headers; body: any };

const json = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const call = async (url: string, init: RequestInit): Promise<Told> => {
  const reply = await fetch(url, { redirect: 'manual', ...init });
  return { status: reply.status, headers: reply.headers, body: json(await reply.text()) };
};

const post = (url: string, body: unknown) =>
  call(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

let worlds = 0;

/** A fresh tenant of the local stack that all tests share, or of another one, and the ways to talk to it. */
export const world = async (stack = thisStack()) => {
  const tenant = `t${Date.now().toString(36)}${process.pid.toString(36)}${(worlds++).toString(36)}`;

  const tokenFor = async (roles: string[], asTenant = tenant, subject?: string): Promise<string> =>
    (await post(`${stack.url}/_local/token`, { tenant: asTenant, roles, subject })).body.token;

  const token = await tokenFor(['admin']);

  /** `POST /v1/customers/{id}/…` with its parts; a body that is not a string is sent as JSON */
  const ask = async (key: string, asked: Asked = {}): Promise<Told> => {
    const [method = 'GET', path = '/'] = key.split(' ');
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(asked.params?.[name] ?? `{${name}}`));
    const query = new URLSearchParams(
      Object.entries(asked.query ?? {}).map(([name, value]) => [name, String(value)] as [string, string]),
    );
    if (process.env.RAPPORT_LATE_INDEXES && (method === 'GET' || byLists.test(path)))
      await call(`${stack.url}/_local/indexes`, {});
    const bearer = asked.token === undefined ? token : asked.token;
    return call(`${stack.url}${filled}${query.size ? `?${query}` : ''}`, {
      method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...asked.headers,
      },
      ...(asked.body === undefined
        ? {}
        : { body: typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body) }),
    });
  };

  const aws = (target: string, body: object) => {
    const service = target.startsWith('AmazonSQS') ? 'sqs' : 'events';
    const signed = `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, authorization: signed };
    return call(stack.awsUrl, { method: 'POST', headers, body: JSON.stringify(body) });
  };

  return {
    ...stack,
    tenant,
    token,
    tokenFor,
    ask,
    /** waits until streams, queues, due timers and running tasks are drained; of this tenant, where others use the stack */
    idle: async (most = 20_000) => {
      const timeoutMs = most * Number(process.env.RAPPORT_PATIENCE ?? 1);
      const { status, body } = await post(`${stack.url}/_local/idle`, { timeoutMs, ...(isShared() && { tenant }) });
      if (status !== 200) throw new Error(`not idle: ${JSON.stringify(body)}`);
    },
    /** moves the clock of the whole stack */
    advance: async (duration: string) => {
      const { status, body } = await post(`${stack.url}/_local/clock`, { advance: duration });
      if (status !== 200) throw new Error(`the clock did not move: ${JSON.stringify(body)}`);
    },
    now: async (): Promise<string> => (await call(`${stack.url}/_local/clock`, {})).body.now,
    /** what the company sent to an address, which others on the stack may write to as well */
    outbox: async (to: string): Promise<Told['body'][]> => {
      const { body } = await call(`${stack.url}/_local/outbox?to=${encodeURIComponent(to)}`, {});
      return body.items.filter(({ tags }: { tags: Record<string, string> }) => tags['rapport-tenant'] === tenant);
    },
    /** what becomes of an e-mail of the outbox, as the mail provider reports it */
    reportMail: async (report: Record<string, unknown>): Promise<Told> => post(`${stack.url}/_local/report`, report),
    /** puts an event on the bus through the stack's AWS endpoint, as a company's own systems do; one of ours is published as an operator does */
    put: async (type: string, detail: Record<string, unknown>, source = 'shop') => {
      const doc = { tenant, ...detail };
      if (source.startsWith('rapport.')) {
        const QueueUrl = `https://sqs.us-east-1.amazonaws.com/000000000000/${stack.dueQueue.split(':').at(-1)}`;
        return aws('AmazonSQS.SendMessage', { QueueUrl, MessageBody: JSON.stringify({ source, type, doc }) });
      }
      const entry = { EventBusName: stack.busName, Source: source, DetailType: type, Detail: JSON.stringify(doc) };
      return aws('AWSEvents.PutEvents', { Entries: [entry] });
    },
  };
};

export type World = Awaited<ReturnType<typeof world>>;
