import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Match } from '../imports.ts';
import { AwsError, type Clock } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';
import type { Authorizer } from './authorizer.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { gatewayEvent, newRequestId } from './gateway-event.ts';
import type { HttpApi, Target } from './http-api.ts';

const most = { body: 10 * 1024 * 1024, head: 10_240, wait: 30_000 };

type Reply = { status: number; headers: OutgoingHttpHeaders; body: string | Buffer; route?: string };

const message = (status: number, text: string, headers: OutgoingHttpHeaders = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message: text }),
});

const broken = () => message(500, 'Internal Server Error');

const headSize = ({ method = '', url = '', rawHeaders }: IncomingMessage) =>
  rawHeaders.reduce((sum, text) => sum + text.length + 2, method.length + url.length + 12);

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/** the whole body, or undefined when it is too large; read to its end, so that the caller can read the reply */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= most.body) chunks.push(chunk);
  }
  if (size > most.body) return undefined;
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
};

/** what a function returned, as HTTP: the shape of format 2.0, or anything else as a JSON body */
const replyOf = (result: string): Reply => {
  const value: unknown = JSON.parse(result);
  const shaped = value !== null && typeof value === 'object' && 'statusCode' in value;
  if (!shaped) {
    const body = typeof value === 'string' ? value : value === null ? '' : result;
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded } = value as Properties;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return broken();
  const lower = Object.entries(headers ?? {}).map(([name, one]): [string, string] => [name.toLowerCase(), String(one)]);
  return {
    status,
    headers: {
      ...(body !== '' && { 'content-type': 'text/plain;charset=UTF-8' }),
      ...Object.fromEntries(lower),
      ...(cookies?.length && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : typeof body === 'string' ? body : JSON.stringify(body),
  };
};

type Options = {
  api: HttpApi;
  authorize: Authorizer;
  invoke(functionArn: string, payload: string): Promise<string>;
  clock: Clock;
  account: string;
  log(line: string): void;
};

export const openGateway = ({ api, authorize, invoke, clock, account, log }: Options) => {
  const run = async (
    request: IncomingMessage,
    path: string,
    match: Match<Target>,
    requestId: string,
  ): Promise<Reply> => {
    const { target } = match;
    let claims: Record<string, string> | undefined;
    if (target.authorizer) {
      const verdict = await authorize(target, request.headers.authorization);
      if ('status' in verdict) {
        return message(verdict.status, verdict.message, { 'www-authenticate': verdict.challenge });
      }
      claims = verdict.claims;
    }
    const bytes = await readBody(request);
    if (!bytes) return message(413, 'Request Entity Too Large');
    const around = { requestId, now: clock.now(), apiId: api.id(), account, claims };
    const waiting = new AbortController();
    const tooLate = sleep(most.wait, undefined, { signal: waiting.signal }).then(
      () => undefined,
      () => undefined,
    );
    try {
      const event = JSON.stringify(gatewayEvent(request, bytes, path, match, around));
      const result = await Promise.race([invoke(target.functionArn, event), tooLate]);
      return result === undefined ? message(503, 'Service Unavailable') : replyOf(result);
    } catch (error) {
      // what fits the gateway need not fit a function: base64 of 10 MB does not
      if (error instanceof AwsError && error.status === 413) return message(413, 'Request Entity Too Large');
      return broken(); // the function's log has the reason
    } finally {
      waiting.abort();
    }
  };

  const answer = async (request: IncomingMessage, requestId: string): Promise<Reply> => {
    if (headSize(request) > most.head) {
      return message(431, 'Request Header Fields Too Large', { connection: 'close' });
    }
    const cors = api.cors();
    if (cors && isPreflight(request)) return { status: 204, headers: preflightHeaders(cors, request), body: '' };
    const path = decoded((request.url ?? '/').split('?', 1)[0]!);
    if (path === undefined) return message(400, 'Bad Request');
    const match = api.routes.find(request.method ?? 'GET', path);
    const reply: Reply = match
      ? { ...(await run(request, path, match, requestId)), route: match.key }
      : message(404, 'Not Found');
    return cors ? { ...reply, headers: { ...reply.headers, ...corsHeaders(cors, request) } } : reply;
  };

  return async (request: IncomingMessage, response: ServerResponse) => {
    const begun = performance.now();
    const requestId = newRequestId();
    const { status, headers, body, route } = await answer(request, requestId);
    if (!request.complete) request.resume();
    const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
    response.writeHead(status, { ...headers, ...length, 'apigw-requestid': requestId });
    response.end(request.method === 'HEAD' ? undefined : body);
    const took = (performance.now() - begun).toFixed(1);
    // the route and not the address, which may hold a person's e-mail address or a key
    const named = route ?? `${request.method} (no route)`;
    log(`${new Date(clock.now()).toISOString()} ${requestId} ${named} ${status} ${took}ms`);
  };
};
