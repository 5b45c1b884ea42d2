import { Reply, type Route } from './contract.ts';
import type { HttpReply } from './problem-reply.ts';

const etagOf = (body: unknown): Record<string, string> => {
  const version = (body as { version?: unknown } | null)?.version;
  return typeof version === 'number' ? { etag: `"${version}"` } : {};
};

const isBinary = ({ produces = '' }: Route) => /^image\/|^application\/pdf$/.test(produces);

/** A use case's reply as HTTP. The reply schema is the allow-list: what it does not name does not leave. */
export const respond = (route: Route, given: unknown): HttpReply => {
  const answer = given instanceof Reply ? given : new Reply(route.status, given);
  const body = route.reply.parse(answer.body);
  const location: Record<string, string> =
    route.location && answer.status === 201 ? { location: route.location(body) } : {};
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
    ...(isBinary(route) ? { isBase64Encoded: true } : {}),
  };
};

export const unlessKnown = (reply: HttpReply, known: string | undefined): HttpReply => {
  const { etag } = reply.headers;
  const same = etag && known?.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag);
  return same ? { statusCode: 304, headers: { etag, 'cache-control': 'no-store' }, body: '' } : reply;
};
