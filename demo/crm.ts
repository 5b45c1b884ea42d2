type Asked = {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
  headers?: Record<string, string>;
};

type FieldError = { path: string; message: string };

// biome-ignore lint/suspicious/noExplicitAny: replies are shown and compared, not computed with
export type Told = { status: number; body: any };

/** a request that was understood and refused, or failed */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[];

  constructor(key: string, { status, body }: Told) {
    super(`${key}: ${status} ${body?.code ?? ''} ${body?.detail ?? ''}`.trim());
    this.status = status;
    this.code = body?.code ?? String(status);
    this.errors = body?.errors ?? [];
  }
}

export type Place = {
  url: string;
  tenant: string;
  /** without one, the local runtime gives one to each role that is asked for */
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

const call = async (url: string, init: RequestInit): Promise<Told> => {
  const reply = await fetch(url, { redirect: 'manual', ...init });
  return { status: reply.status, body: json(await reply.text()) };
};

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  call(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** how often a request is repeated that the CRM asks to repeat */
const attempts = 6;

/** A running CRM, spoken to over HTTP as any client does. */
export const crmAt = ({ url, tenant, token: given, writeKey }: Place) => {
  const tokens = new Map<string, string>();
  const mint = async (role: string) => {
    if (given) return given;
    const { status, body } = await post(`${url}/_local/token`, { tenant, roles: [role], subject: role });
    if (status !== 200) throw new Error('this is no local stack: give a --token');
    tokens.set(role, body.token);
    return body.token as string;
  };

  const once = async (role: string, key: string, asked: Asked): Promise<Told> => {
    const [method = 'GET', path = '/'] = key.split(' ');
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(asked.params?.[name] ?? ''));
    const query = new URLSearchParams(
      Object.entries(asked.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const authorization = `Bearer ${tokens.get(role) ?? (await mint(role))}`;
    return call(`${url}${filled}${query.size ? `?${query}` : ''}`, {
      method,
      headers: {
        authorization,
        ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...asked.headers,
      },
      ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    });
  };

  /** the reply's body with its status; throws `Refused` for anything else than 2xx */
  const asked = async (role: string, key: string, what: Asked = {}): Promise<Told> => {
    for (let attempt = 1; ; attempt++) {
      const told = await once(role, key, what);
      if (told.status < 300) return told;
      const again = told.status === 429 || told.status === 503 || told.body?.code === 'busy';
      if (told.status === 401 && !given && attempt === 1)
        await mint(role); // the clock has moved past its end
      else if (!again || attempt === attempts) throw new Refused(key, told);
      else await new Promise(resolve => setTimeout(resolve, 100 * attempt));
    }
  };

  const local = async (what: string, body?: object) => {
    const told = body ? await post(`${url}/_local/${what}`, body) : await call(`${url}/_local/${what}`, {});
    if (told.status !== 200) throw new Error(`/_local/${what}: ${told.status} ${JSON.stringify(told.body)}`);
    return told.body;
  };

  return {
    url,
    /** speaks as somebody with a role */
    as: (role: string) => async (key: string, what?: Asked) => (await asked(role, key, what)).body,
    told: (key: string, what?: Asked) => asked('admin', key, what),
    ask: async (key: string, what?: Asked) => (await asked('admin', key, what)).body,
    /** sends tracking calls as Segment's libraries do */
    track: async (...batch: object[]) => {
      const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
      const told = await post(`${url}/v1/batch`, { batch }, { authorization });
      if (told.status !== 200) throw new Refused('POST /v1/batch', told);
    },
    /** opens a link of a message, or posts to it */
    follow: async (link: string, body?: unknown): Promise<Told> => {
      const told = await (body === undefined ? call(link, {}) : post(link, body));
      if (told.status >= 300) throw new Refused(link, told);
      return told;
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
