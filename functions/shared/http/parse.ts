import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { ApiError, type FieldError, invalid } from './api-error.ts';
import type { Request, Route } from './contract.ts';
import { bodyMalformed, bodyNotJson, bodyTooDeep, bodyTooLarge, routeNotFound } from './errors.ts';
import { issueText } from './issue-text.ts';
import { unstorable } from './storable.ts';

const mostDepth = 20;
const mostBytes = 1_048_576;
/** in bytes: more does not fit a key of the store */
const mostParam = 1024;

type Issue = z.core.$ZodIssue;

/** every issue of a failed parse as a bad field, unknown fields by their names */
export const fieldErrors = (issues: readonly Issue[], under: string[] = []): FieldError[] =>
  issues.flatMap(issue => {
    const path = [...under, ...issue.path.map(String)];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({ path: [...path, key].join('.'), message: 'is not a field of this request' }));
    }
    if (issue.code === 'invalid_union' && issue.errors.length) {
      const nearest = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a))[0] ?? [];
      if (depthOf(nearest) > 0) return fieldErrors(nearest, path);
    }
    const place = issue.code === 'custom' ? issue.params : undefined;
    return [{ path: path.join('.'), message: issue.message, ...place }];
  });

const depthOf = (issues: readonly Issue[]) => issues.reduce((most, { path }) => Math.max(most, path.length), 0);

export const tooDeep = (value: unknown, depth = 0): boolean =>
  depth > mostDepth ||
  (typeof value === 'object' && value !== null && Object.values(value).some(part => tooDeep(part, depth + 1)));

/** checks a value; what is wrong with it is in our words */
export const checked = <S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> =>
  schema.safeParse(value, { error: issueText });

export const parse = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
  const parsed = checked(schema, value);
  if (!parsed.success) throw invalid(fieldErrors(parsed.error.issues));
  return parsed.data;
};

const bytesOf = ({ body = '', isBase64Encoded }: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>) =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

const jsonBody = (event: APIGatewayProxyEventV2) => {
  const type = event.headers['content-type'] ?? '';
  const bytes = bytesOf(event);
  if (bytes.length > mostBytes) throw bodyTooLarge(`The body is larger than ${mostBytes} bytes.`);
  const text = bytes.toString();
  if (!/^application\/(json|[a-z.-]+\+json)\s*(;|$)/i.test(type) && text) {
    throw bodyNotJson(`The content type is ${type || 'missing'}. Send application/json.`);
  }
  try {
    const body: unknown = text ? JSON.parse(text) : {};
    if (tooDeep(body)) throw bodyTooDeep(`The body is nested deeper than ${mostDepth} levels.`);
    const errors = unstorable(body);
    if (errors.length) throw invalid(errors);
    return body;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw bodyMalformed(`The body is not valid JSON: ${(error as Error).message}`);
  }
};

const queryErrors = (route: Route, given: Record<string, unknown>): FieldError[] =>
  route.query || !Object.keys(given).length
    ? []
    : Object.keys(given).map(path => ({ path, message: 'is not a parameter of this request' }));

export const parseRequest = (route: Route, event: APIGatewayProxyEventV2): Request => {
  // the gateway has decoded them
  const params = { ...event.pathParameters } as Record<string, string>;
  if (Object.values(params).some(param => Buffer.byteLength(param) > mostParam))
    throw routeNotFound('The path is too long.');
  if (Object.values(params).some(param => /\p{Cc}/u.test(param)))
    throw routeNotFound('The path contains control characters.');
  const query = event.queryStringParameters ?? {};
  const errors = queryErrors(route, query);
  const parts = {
    query: route.query && checked(route.query, query),
    body: route.body && checked(route.body, jsonBody(event)),
  };
  for (const part of Object.values(parts)) if (part && !part.success) errors.push(...fieldErrors(part.error.issues));
  if (errors.length) throw invalid(errors);
  return {
    params,
    query: parts.query?.data,
    body: parts.body?.data,
    headers: event.headers,
    ip: event.requestContext.http.sourceIp,
    ...(route.rawBody ? { raw: bytesOf(event) } : {}),
  };
};
