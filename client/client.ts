import { type Api, routes } from './api.ts';
import { send } from './send.ts';

export type * from './api.ts';
export { pages } from './pages.ts';
export { type FieldError, Problem } from './problem.ts';

export type Settings = {
  /** the address of the API, as `npm start` prints it or the stack’s output `ApiUrl` names it */
  url: string;
  /** a JWT, or a function that returns one: it is called for each request, so it can renew the token */
  token?: string | (() => string | Promise<string>);
  /** for the routes of trackers */
  writeKey?: string;
  fetch?: typeof fetch;
  /** how often a request is retried at most, where that is safe; 3 by default */
  retries?: number;
};

type Request = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
  ifMatch?: number;
  signal?: AbortSignal;
};

const pathOf = (path: string, params: Record<string, string> = {}) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!params[name]) throw new TypeError(`params.${name} is missing`);
    return encodeURIComponent(params[name]);
  });

const queryOf = (query: Record<string, unknown> = {}) => {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return set.length
    ? `?${new URLSearchParams(Object.fromEntries(set.map(([name, value]) => [name, String(value)])))}`
    : '';
};

const authorization = async (key: string, { token, writeKey }: Settings) => {
  if (key.startsWith('-')) return undefined;
  if (key.startsWith('*')) return writeKey === undefined ? undefined : `Basic ${btoa(`${writeKey}:`)}`;
  const bearer = typeof token === 'function' ? await token() : token;
  return bearer === undefined ? undefined : `Bearer ${bearer}`;
};

const call = async (key: string, settings: Settings, request: Request = {}) => {
  const [method = 'GET', path = '/'] = key.replace(/^[*-]/, '').split(' ');
  const { params, query, body, idempotencyKey, ifMatch, signal } = request;
  const headers = {
    authorization: await authorization(key, settings),
    'content-type': body === undefined ? undefined : 'application/json',
    'idempotency-key': idempotencyKey,
    'if-match': ifMatch === undefined ? undefined : `"${ifMatch}"`,
  };
  const init: RequestInit = {
    method,
    headers: Object.fromEntries(Object.entries(headers).filter((header): header is [string, string] => !!header[1])),
  };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  const { url, fetch = globalThis.fetch, retries = 3 } = settings;
  const repeatable = !['POST', 'PATCH'].includes(method) || idempotencyKey !== undefined;
  const address = url.replace(/\/+$/, '') + pathOf(path, params) + queryOf(query);
  return send(address, init, { fetch, retries, repeatable });
};

/** A client of one tenant: a method for every route, grouped by context, as `crm.customers.createCustomer({ body })`. */
export const client = (settings: Settings) =>
  Object.fromEntries(
    Object.entries(routes).map(([context, keys]) => [
      context,
      Object.fromEntries(
        Object.entries(keys).map(([name, key]) => [name, (request?: Request) => call(key, settings, request)]),
      ),
    ]),
  ) as unknown as Api;
