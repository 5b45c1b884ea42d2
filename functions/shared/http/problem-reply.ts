import { ApiError } from './api-error.ts';

export type HttpReply = { statusCode: number; headers: Record<string, string>; body: string; isBase64Encoded?: true };

const titles: Record<number, string> = {
  301: 'Moved Permanently',
  308: 'Moved Permanently',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
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
