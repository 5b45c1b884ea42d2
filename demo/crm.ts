type RequestParts = {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
  headers?: Record<string, string>;
};

type FieldError = { path: string; message: string };

// biome-ignore lint/suspicious/noExplicitAny: replies are shown and compared, not computed with
export type Reply = { status: number; body: any };

export class RequestFailed extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[];

  constructor(key: string, { status, body }: Reply) {
    super(`${key}: ${status} ${body?.code ?? ''} ${body?.detail ?? ''}`.trim());
    this.status = status;
    this.code = body?.code ?? String(status);
    this.errors = body?.errors ?? [];
  }
}

export type CrmAddress = {
  url: string;
  tenant: string;
  /** without one, the local runtime mints one for each role */
  token?: string | undefined;
  writeKey?: string | undefined;
};

const json = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const call = async (url: string, init: RequestInit): Promise<Reply> => {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return { status: response.status, body: json(await response.text()) };
};

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  call(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** of a request that the CRM asks to repeat */
const attempts = 6;

/** A client of a running CRM over HTTP. */
export const crmAt = ({ url, tenant, token: given, writeKey }: CrmAddress) => {
  const tokens = new Map<string, string>();
  const mint = async (role: string) => {
    if (given) return given;
    const { status, body } = await post(`${url}/_local/token`, { tenant, roles: [role], subject: role });
    if (status !== 200) throw new Error('the CRM is not a local stack: give a --token');
    tokens.set(role, body.token);
    return body.token as string;
  };

  const once = async (role: string, key: string, parts: RequestParts): Promise<Reply> => {
    const [method = 'GET', path = '/'] = key.split(' ');
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(parts.params?.[name] ?? ''));
    const query = new URLSearchParams(
      Object.entries(parts.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const authorization = `Bearer ${tokens.get(role) ?? (await mint(role))}`;
    return call(`${url}${filled}${query.size ? `?${query}` : ''}`, {
      method,
      headers: {
        authorization,
        ...(parts.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...parts.headers,
      },
      ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
    });
  };

  /** the reply to a request; throws `RequestFailed` for any status but 2xx */
  const send = async (role: string, key: string, parts: RequestParts = {}): Promise<Reply> => {
    for (let attempt = 1; ; attempt++) {
      const reply = await once(role, key, parts);
      if (reply.status < 300) return reply;
      const retry = reply.status === 429 || reply.status === 503 || reply.body?.code === 'conflict.concurrent-update';
      if (reply.status === 401 && !given && attempt === 1)
        await mint(role); // it has expired, as the clock was moved
      else if (!retry || attempt === attempts) throw new RequestFailed(key, reply);
      else await new Promise(resolve => setTimeout(resolve, 100 * attempt));
    }
  };

  const local = async (what: string, body?: object) => {
    const reply = body ? await post(`${url}/_local/${what}`, body) : await call(`${url}/_local/${what}`, {});
    if (reply.status !== 200) throw new Error(`/_local/${what}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  };

  return {
    url,
    /** sends requests with a role */
    as: (role: string) => async (key: string, parts?: RequestParts) => (await send(role, key, parts)).body,
    ask: async (key: string, parts?: RequestParts) => (await send('admin', key, parts)).body,
    /** sends tracking calls as the libraries of Segment do */
    track: async (...batch: object[]) => {
      const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
      const reply = await post(`${url}/v1/batch`, { batch }, { authorization });
      if (reply.status !== 200) throw new RequestFailed('POST /v1/batch', reply);
    },
    /** opens a link of a message, or posts to it */
    follow: async (link: string, body?: unknown): Promise<Reply> => {
      const reply = await (body === undefined ? call(link, {}) : post(link, body));
      if (reply.status >= 300) throw new RequestFailed(link, reply);
      return reply;
    },
    /** the local runtime's clock, waiting and outbox */
    now: async (): Promise<string> => (await local('clock')).now,
    move: (advance: string) => local('clock', { advance }),
    moveTo: (to: string) => local('clock', { to }),
    idle: () => local('idle', { timeoutMs: 120_000 }),
    // biome-ignore lint/suspicious/noExplicitAny: shown, not computed with
    outbox: async (to: string): Promise<any[]> => (await local(`outbox?to=${encodeURIComponent(to)}`)).items,
  };
};

export type Crm = ReturnType<typeof crmAt>;
