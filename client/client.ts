import { type Api, routes } from './api.ts';
import { send } from './send.ts';

export type * from './api.ts';
export { pages } from './pages.ts';
export { type FieldError, Problem } from './problem.ts';

export type Settings = {
  /** where the API is, as `npm start` or the stack’s output `ApiUrl` says */
  url: string;
  /** a JWT, or what gets one: called for each request, so it may renew it */
  token?: string | (() => string | Promise<string>);
  /** for the routes that trackers use */
  writeKey?: string;
  fetch?: typeof fetch;
  /** how often a request is sent again at most, where that is safe; 3 unless said otherwise */
  retries?: number;
};

type Asked = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
  ifMatch?: number;
  signal?: AbortSignal;
};

const pathOf = (path: string, params: Record<string, string> = {}) =>
  path.replace(/\{(\w+)(\+?)\}/g, (_, name: string, rest: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new TypeError(`params.${name} is missing`);
    return rest ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });

const queryOf = (query: Record<string, unknown> = {}) => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length
    ? `?${new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)])))}`
    : '';
};

const authorization = async (key: string, { token, writeKey }: Settings): Promise<Record<string, string>> => {
  if (key.startsWith('*')) return writeKey === undefined ? {} : { authorization: `Basic ${btoa(`${writeKey}:`)}` };
  const bearer = typeof token === 'function' ? await token() : token;
  return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
};

const call = async (key: string, settings: Settings, asked: Asked = {}) => {
  const [method = 'GET', path = '/'] = key.replace('*', '').split(' ');
  const { params, query, body, idempotencyKey, ifMatch, signal } = asked;
  const headers = {
    ...(await authorization(key, settings)),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
  };
  const init = {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  };
  const { url, fetch = globalThis.fetch, retries = 3 } = settings;
  const repeatable = !['POST', 'PATCH'].includes(method) || idempotencyKey !== undefined;
  return send(`${url.replace(/\/+$/, '')}${pathOf(path, params)}${queryOf(query)}`, init, {
    fetch,
    retries,
    repeatable,
  });
};

/** A client of one tenant: a method for every route, grouped by context, as `crm.customers.createCustomer({ body })`. */
export const client = (settings: Settings): Api =>
  Object.fromEntries(
    Object.entries(routes).map(([context, keys]) => [
      context,
      Object.fromEntries(
        Object.entries(keys).map(([name, key]) => [name, (asked?: Asked) => call(key, settings, asked)]),
      ),
    ]),
  ) as unknown as Api;
