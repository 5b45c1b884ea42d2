import { ApiError } from './api-error.ts';

export type HttpReply = { statusCode: number; headers: Record<string, string>; body: string; isBase64Encoded?: true };

const titles: Record<number, string> = {
  301: 'Moved for good',
  308: 'Moved for good',
  400: 'Malformed request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid request',
  429: 'Too many requests',
  500: 'Internal error',
};

type Asked = { method: string; path: string; query: string };

const locationOf = (refusal: ApiError | undefined, { path, query }: Asked) => {
  const { moved } = refusal?.more ?? {};
  return moved && `${path.replace(moved.from, moved.to)}${query ? `?${query}` : ''}`;
};

/** any error as a problem reply (RFC 9457); what is not a refusal tells the caller nothing but the request id */
export const problem = (error: unknown, requestId: string, asked?: Asked): HttpReply => {
  const refusal = error instanceof ApiError ? error : undefined;
  const location = asked && locationOf(refusal, asked);
  // a client repeats a 308 with its method and body
  const status = location && asked.method !== 'GET' ? 308 : (refusal?.status ?? 500);
  const code = refusal?.code ?? 'internal';
  const { errors, extra, retryAfter, allow } = refusal?.more ?? {};
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
      detail: refusal?.message ?? 'Something went wrong on our side; quote the request id when you report it.',
      code,
      requestId,
      ...(errors ? { errors } : {}),
    }),
  };
};
