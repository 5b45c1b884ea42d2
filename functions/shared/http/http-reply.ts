import { STATUS_CODES } from 'node:http';
import { ApiError, type FieldError } from './api-error.ts';
import { Reply, type Route } from './contract.ts';

export type HttpReply = { statusCode: number; headers: Record<string, string>; body: string; isBase64Encoded?: true };

// the terms of RFC 9110, where Node has older ones
const titles: Record<number, string | undefined> = {
  ...STATUS_CODES,
  308: 'Moved Permanently',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
};

type Called = { method: string; path: string; query: string };

const locationOf = (error: ApiError | undefined, { path, query }: Called) => {
  const { moved } = error?.more ?? {};
  return moved && `${path.replace(moved.from, moved.to)}${query ? `?${query}` : ''}`;
};

/** any error as a problem reply (RFC 9457); an error of ours gives the caller nothing but the request id */
export const problem = (error: unknown, requestId: string, called?: Called): HttpReply => {
  const refused = error instanceof ApiError ? error : undefined;
  const location = called && locationOf(refused, called);
  // a client repeats a 308 with its method and body
  const status = location && called.method !== 'GET' ? 308 : (refused?.status ?? 500);
  const code = refused?.code ?? 'internal';
  const { errors, extra, retryAfter, allow } = refused?.more ?? {};
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(location ? { location } : {}),
      ...(allow ? { allow: allow.join(', ') } : {}),
      ...(retryAfter ? { 'retry-after': String(retryAfter) } : {}),
    },
    body: JSON.stringify({
      ...extra,
      type: `urn:rapport:problem:${code}`,
      title: titles[status],
      status,
      detail: refused?.message ?? 'An internal error occurred. Quote the request id when you report it.',
      code,
      requestId,
      ...(errors ? { errors } : {}),
    }),
  };
};

const etagOf = (body: unknown): Record<string, string> => {
  const version = (body as { version?: unknown } | null)?.version;
  return typeof version === 'number' ? { etag: `"${version}"` } : {};
};

const isBinary = (type: string) => /^image\/|^application\/pdf$/.test(type);

/** a record with its texts as they are written in a path: a key may be any text */
const inPath = (body: unknown) =>
  Object.fromEntries(
    Object.entries(body as object).map(([name, value]) => [
      name,
      typeof value === 'string' ? encodeURIComponent(value.toWellFormed()) : value,
    ]),
  );

/** A use case's reply as HTTP. The reply schema is the allow-list: what it does not name does not leave. */
export const respond = (route: Route, given: unknown, warnings: FieldError[] = []): HttpReply => {
  const answer = given instanceof Reply ? given : new Reply(route.status, given);
  const body = route.reply.parse(warnings.length ? { ...(answer.body as object), warnings } : answer.body);
  const location: Record<string, string> =
    route.location && answer.status === 201 ? { location: route.location(inPath(body)) } : {};
  const headers = {
    'content-type': route.produces ?? 'application/json',
    'cache-control': 'no-store',
    ...etagOf(body),
    ...location,
    ...answer.headers,
  };
  return {
    statusCode: answer.status,
    headers,
    body: route.produces ? String(body) : JSON.stringify(body),
    ...(isBinary(headers['content-type']) ? { isBase64Encoded: true } : {}),
  };
};

export const unlessKnown = (reply: HttpReply, known: string | undefined): HttpReply => {
  const { etag } = reply.headers;
  const same = etag && known?.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag);
  return same ? { statusCode: 304, headers: { etag, 'cache-control': 'no-store' }, body: '' } : reply;
};
