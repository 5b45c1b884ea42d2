import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda';
import { env } from '../aws/env.ts';
import { faultOf, log } from '../aws/log.ts';
import { takeQuota } from '../store/quota.ts';
import { retryOnConflict } from '../store/retry-on-conflict.ts';
import { VersionConflict } from '../store/transaction.ts';
import type { Expected } from '../store/writes.ts';
import { clock } from '../time/clock.ts';
import { ApiError, type FieldError, isProblem, scopeMissing } from './api-error.ts';
import { ctxOf } from './context.ts';
import type { Handler, Handlers, Request, Route, Routes } from './contract.ts';
import { customerCalling } from './customer-token.ts';
import { concurrentUpdate, idempotencyMalformed, ifMatchMalformed, quotaExceeded, versionStale } from './errors.ts';
import { type HttpReply, problem, respond, unlessKnown } from './http-reply.ts';
import { type Claimed, claimIdempotencyKey } from './idempotency.ts';
import { findRoute, noRoute, routeTable } from './match-route.ts';
import { parseRequest } from './parse.ts';
import { type Principal, principalOf } from './principal.ts';
import { lacking } from './roles.ts';
import { replyOf } from './updated-since.ts';

const anonymous: Principal = { tenant: '', actor: 'anonymous', scopes: new Set() };

const authenticate = async (route: Route, event: APIGatewayProxyEventV2, now: string): Promise<Principal> => {
  if (route.auth === 'customer') return customerCalling(event.headers.authorization, ctxOf({ ...anonymous, now }));
  if (route.auth !== 'token') return anonymous;
  const { authorizer } = (event as APIGatewayProxyEventV2WithJWTAuthorizer).requestContext;
  const principal = principalOf(authorizer?.jwt?.claims);
  const missing = lacking(route, principal.scopes);
  if (missing.length) {
    throw scopeMissing(`This request needs the ${missing.length > 1 ? 'scopes' : 'scope'} ${missing.join(', ')}.`);
  }
  return principal;
};

/** one company's requests must not slow down those of others */
const admit = async ({ tenant }: Principal, now: string) => {
  const retryAfter = tenant
    ? await takeQuota(tenant, { name: 'requests', most: env.quota(5000), seconds: 10 }, now)
    : 0;
  if (retryAfter) throw quotaExceeded(undefined, { retryAfter });
};

/** If-Match: the version of the record that the path names, or of the only record */
const expected = (event: APIGatewayProxyEventV2): Expected | undefined => {
  const tag = event.headers['if-match'];
  if (tag === undefined || tag === '*') return undefined;
  const wanted = Number(/^"(\d+)"$/.exec(tag)?.[1]);
  if (!wanted) throw ifMatchMalformed();
  const id = Object.values(event.pathParameters ?? {})[0];
  return {
    id,
    checked: false,
    check(version) {
      this.checked = true;
      if (version === wanted) return;
      const now = version
        ? `The record is at version ${version}. Read it and try again.`
        : 'The record does not exist yet. Leave out If-Match to create it.';
      throw versionStale(now);
    },
  };
};

const takesKey = ({ key, auth }: Route) => key.startsWith('POST') && (auth === 'token' || auth === 'customer');

const keyOf = (route: Route, event: APIGatewayProxyEventV2) => {
  const key = event.headers['idempotency-key'];
  if (key === undefined || !takesKey(route)) return undefined;
  if (!key || key.length > 255) throw idempotencyMalformed();
  return key;
};

/** a client that sent If-Match gets the conflict; for others the decision is made again */
const persist = <T>(decide: () => Promise<T>, precondition: boolean): Promise<T> =>
  (precondition ? decide() : retryOnConflict(decide)).catch(error => {
    if (!(error instanceof VersionConflict)) throw error;
    throw precondition ? versionStale() : concurrentUpdate(undefined, { retryAfter: 1 });
  });

type Call = {
  route: Route;
  handler: Handler<Route>;
  event: APIGatewayProxyEventV2;
  request: Request;
  now: string;
  timeLeft: () => number;
};

const run = async (
  { route, handler, event, request, now, timeLeft }: Call,
  principal: Principal,
  claimed?: Claimed,
) => {
  const expects = expected(event);
  let stored = false;
  let warnings: FieldError[] = [];
  const replyChanges = (reply: unknown) => {
    if (!claimed || reply === undefined) return [];
    stored = true;
    return claimed.storeReply(respond(route, reply, warnings));
  };
  const decide = () => {
    stored = false;
    warnings = [];
    return replyOf(handler, request, ctxOf({ ...principal, now, warnings, replyChanges, expects, timeLeft }));
  };
  const reply = respond(route, await persist(decide, expects !== undefined), warnings);
  // nothing changed: the reply has the current version
  if (expects && !expects.checked && reply.headers.etag) expects.check(Number(reply.headers.etag.slice(1, -1)));
  if (!stored) await claimed?.finish(reply);
  return unlessKnown(reply, route.key.startsWith('GET') ? event.headers['if-none-match'] : undefined);
};

const runOnce = async (call: Call, principal: Principal, key: string): Promise<HttpReply> => {
  const { route, event, now } = call;
  const { requestId } = event.requestContext;
  const body = `${event.rawPath}?${event.rawQueryString}\n${event.body ?? ''}`;
  const claimed = await claimIdempotencyKey({ ...principal, now, requestId, routeKey: route.key, key, body });
  if ('statusCode' in claimed) return claimed;
  try {
    return await run(call, principal, claimed);
  } catch (error) {
    const final = error instanceof ApiError && error.kind !== 'limited' && !isProblem(error, concurrentUpdate);
    await claimed.finish(final ? problem(error, requestId) : undefined);
    throw error;
  }
};

/** a browser's preflight: the gateway adds the headers */
const preflight: HttpReply = { statusCode: 204, headers: {}, body: '' };
const isPreflight = (event: APIGatewayProxyEventV2) => event.requestContext.http.method === 'OPTIONS';

type Answer = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpReply>;

/** logs what was answered; every error becomes a problem */
const replying = (answer: Answer) =>
  middy<APIGatewayProxyEventV2, HttpReply>(answer).use({
    after: ({ event, response }) => {
      log('info', 'answered', {
        route: event.routeKey,
        status: response?.statusCode,
        requestId: event.requestContext.requestId,
      });
    },
    onError: request => {
      const { event, error } = request;
      const { requestId } = event.requestContext;
      const { rawPath: path, rawQueryString: query } = event;
      request.response = problem(error, requestId, { method: event.requestContext.http.method, path, query });
      const fields = { route: event.routeKey, status: request.response.statusCode, requestId };
      if (error instanceof ApiError) log('info', 'refused', { ...fields, code: error.code });
      else log('error', 'failed', { ...fields, ...faultOf(error) });
      return request.response;
    },
  });

/** The Lambda handler of a context's routes: the only code that knows HTTP. */
export const serve = <R extends Routes>(routes: R, handlers: Handlers<R>) => {
  const calls = routeTable<Pick<Call, 'route' | 'handler'>>();
  for (const [name, route] of Object.entries(routes)) {
    calls.add(route.key, { route, handler: handlers[name] as Handler<Route> });
  }

  /** finds the declared route, and writes it into the event: parser and log read it there */
  const match = (event: APIGatewayProxyEventV2) => {
    const { method } = event.requestContext.http;
    const found = findRoute(calls, method, event.rawPath);
    if (!found) throw noRoute(calls, method, event.rawPath);
    event.routeKey = found.key;
    event.pathParameters = found.params;
    return found.target;
  };

  const answer: Answer = async (event, context) => {
    if (isPreflight(event)) return preflight;
    const found = match(event);
    const now = clock();
    const principal = await authenticate(found.route, event, now);
    await admit(principal, now);
    const key = keyOf(found.route, event);
    // parsed before a key is claimed: bad input does not use it up
    const timeLeft = () => context.getRemainingTimeInMillis();
    const call = { ...found, event, request: parseRequest(found.route, event), now, timeLeft };
    return key === undefined ? run(call, principal) : runOnce(call, principal, key);
  };

  return replying(answer);
};

type Part = { keys: string[]; load: () => Promise<{ handler: (event: never, context: never) => unknown }> };

/** The Lambda handler of the routes of several contexts: each is loaded at its first request. */
export const serveAll = (parts: Part[]) => {
  const table = routeTable<Part>();
  for (const part of parts) for (const key of part.keys) table.add(key, part);
  const unknown = replying(async event => {
    if (isPreflight(event)) return preflight;
    throw noRoute(table, event.requestContext.http.method, event.rawPath);
  });
  return async (event: APIGatewayProxyEventV2, context: Context) => {
    const found = findRoute(table, event.requestContext.http.method, event.rawPath);
    const { handler } = found ? await found.target.load() : { handler: unknown };
    return handler(event as never, context as never);
  };
};
