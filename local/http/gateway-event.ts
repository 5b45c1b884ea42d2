import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Match } from '../imports.ts';
import type { Target } from './http-api.ts';

const textual = /^(text\/|application\/(json|javascript|xml|[^;]+\+(json|xml)))/;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const asText = (bytes: Buffer): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};

/** texts are handed over as such; everything else, and what is not UTF-8 after all, as base64 */
const bodyOf = (bytes: Buffer, { headers }: IncomingMessage) => {
  if (!bytes.length) return { isBase64Encoded: false };
  const type = headers['content-type'];
  const readable = !headers['content-encoding'] && (type === undefined || textual.test(type.toLowerCase()));
  const body = readable ? asText(bytes) : undefined;
  if (body !== undefined) return { body, isBase64Encoded: false };
  return { body: bytes.toString('base64'), isBase64Encoded: true };
};

const headersOf = ({ rawHeaders }: IncomingMessage) => {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    if (name === 'cookie' || name === 'connection' || name === 'transfer-encoding') continue;
    const before = headers[name];
    headers[name] = before === undefined ? rawHeaders[at + 1]! : `${before},${rawHeaders[at + 1]}`;
  }
  return headers;
};

const queryOf = (rawQueryString: string) => {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const commonLogTime = (epoch: number) => {
  const [year, month, day, time] = new Date(epoch).toISOString().split(/[-T.]/);
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
};

/** an id as API Gateway's: 15 characters of base64 and `=` */
export const newRequestId = () => `${randomBytes(11).toString('base64url').slice(0, 15)}=`;

type Around = {
  requestId: string;
  now: number;
  apiId: string;
  account: string;
  claims?: Record<string, string>;
};

/** The request as a Lambda function gets it from an HTTP API: payload format 2.0. */
export const gatewayEvent = (
  request: IncomingMessage,
  bytes: Buffer,
  rawPath: string,
  { key, target, params }: Match<Target>,
  around: Around,
) => {
  const { requestId, now, apiId, account, claims } = around;
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const rawQueryString = mark < 0 ? '' : url.slice(mark + 1);
  const headers = headersOf(request);
  const domainName = headers.host ?? 'localhost';
  const sourceIp = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1';
  const cookies = request.headers.cookie?.split(/;\s*/).filter(Boolean);
  headers['x-forwarded-for'] ??= sourceIp;
  headers['x-forwarded-proto'] ??= 'http';
  headers['x-forwarded-port'] ??= domainName.split(':')[1] ?? '80';
  return {
    version: '2.0',
    routeKey: key,
    rawPath,
    rawQueryString,
    ...(cookies && { cookies }),
    headers,
    ...(rawQueryString && { queryStringParameters: queryOf(rawQueryString) }),
    requestContext: {
      accountId: account,
      apiId,
      ...(claims && { authorizer: { jwt: { claims, scopes: target.scopes.length ? target.scopes : null } } }),
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: key,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: Math.floor(now),
    },
    ...(Object.keys(params).length && { pathParameters: params }),
    ...bodyOf(bytes, request),
  };
};
