import { type Operation, paramsOf } from './declared.ts';
import { takesIdempotencyKey, takesIfMatch } from './parameters.ts';
import type { StatusOf } from './refusal-codes.ts';
import { type Json, refTo } from './schemas.ts';

/** a code that any route may answer with, when it applies */
type Common = { status: number; code: string; when: (operation: Operation) => boolean };

const byToken = ({ route }: Operation) => route.auth === 'token';
const byCustomer = ({ route }: Operation) => route.auth === 'customer';
const withBody = ({ route }: Operation) => Boolean(route.body);
const writes = ({ method }: Operation) => method !== 'get';
const paged = ({ route }: Operation) => 'cursor' in ((route.query as { shape?: object } | undefined)?.shape ?? {});

const common: Common[] = [
  { status: 400, code: 'body.malformed', when: withBody },
  { status: 400, code: 'body.too-deep', when: withBody },
  { status: 400, code: 'cursor.malformed', when: paged },
  { status: 400, code: 'if-match.malformed', when: takesIfMatch },
  { status: 400, code: 'idempotency.malformed', when: takesIdempotencyKey },
  { status: 401, code: 'token.missing', when: byCustomer },
  { status: 401, code: 'token.unknown', when: byCustomer },
  { status: 401, code: 'token.expired', when: byCustomer },
  { status: 401, code: 'token.revoked', when: byCustomer },
  { status: 403, code: 'token.no-tenant', when: byToken },
  { status: 403, code: 'scope.missing', when: ({ route }) => Boolean(route.scope) },
  { status: 409, code: 'busy', when: operation => byToken(operation) && writes(operation) },
  { status: 409, code: 'idempotency.running', when: takesIdempotencyKey },
  { status: 412, code: 'version.stale', when: takesIfMatch },
  { status: 413, code: 'body.too-large', when: withBody },
  { status: 415, code: 'body.not-json', when: withBody },
  { status: 422, code: 'request.invalid', when: ({ route }) => Boolean(route.body || route.query) },
  { status: 422, code: 'idempotency.reused', when: takesIdempotencyKey },
  { status: 500, code: 'internal', when: ({ route }) => route.auth !== 'none' },
];

const meanings: Record<number, string> = {
  400: 'Malformed: the request cannot be read',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'There is no such thing, or it is another tenant’s',
  409: 'Conflict with what is there',
  410: 'Gone for good',
  412: 'Somebody else changed it meanwhile',
  413: 'Too large',
  415: 'Not the content type that is needed',
  422: 'Invalid: `errors` names every bad field',
  429: 'Too many requests',
  500: 'Our fault; quote the `requestId`',
};

const problemContent = (status: number, codes: string[]) => ({
  'application/problem+json': {
    schema: codes.length
      ? { allOf: [refTo('Problem'), { properties: { code: { enum: codes }, status: { const: status } } }] }
      : refTo('Problem'),
  },
});

/** whoever opens a link that is none is told so on a page */
const pageContent = ({ route }: Operation) =>
  route.produces ? { [route.produces]: { schema: { type: 'string' } } } : {};

const gatewayContent = { 'application/json': { schema: refTo('GatewayRefusal') } };

/** the refusals that the gateway makes before any of our code runs */
const gateway = ({ route, ...operation }: Operation): [number, Json][] => [
  ...(route.auth === 'token'
    ? [[401, { description: 'No token, or not a valid one', content: gatewayContent }] as [number, Json]]
    : []),
  ...(operation.method === 'get'
    ? []
    : [[413, { description: 'The body is over 10 MB', content: gatewayContent }] as [number, Json]]),
  [431, { description: 'Address and headers are over 10 KB', content: gatewayContent }],
  [429, { description: 'Too many requests; try again later', content: gatewayContent }],
  [503, { description: 'No answer in time; whether a write was done is not known', content: gatewayContent }],
];

/** every refusal of an operation by its status, with the codes it may carry */
export const problemsOf = (operation: Operation, statusOf: StatusOf): Record<string, Json> => {
  const codes = new Map<number, string[]>();
  const add = (status: number, code?: string) =>
    codes.set(status, [...(codes.get(status) ?? []), ...(code ? [code] : [])]);
  if (paramsOf(operation.path).length) add(404);
  for (const { status, code, when } of common) if (when(operation)) add(status, code);
  for (const code of operation.route.errors) add(statusOf(code) ?? 409, code);
  const replies = new Map(gateway(operation).map(([status, reply]) => [String(status), reply]));
  for (const [status, listed] of codes) {
    const named = listed.map(code => `\`${code}\``).join(', ');
    const shown = operation.route.auth === 'link' && status === 404 ? pageContent(operation) : {};
    replies.set(String(status), {
      description: named ? `${meanings[status]} (${named})` : (meanings[status] ?? ''),
      content: {
        ...(replies.get(String(status))?.content as Json | undefined),
        ...problemContent(status, listed),
        ...shown,
      },
    });
  }
  return Object.fromEntries([...replies].sort(([a], [b]) => Number(a) - Number(b)));
};

const text = (description: string, example: string) => ({ type: 'string', description, examples: [example] });

/** what problems look like, as components */
export const problemSchemas = {
  Problem: {
    type: 'object',
    description: 'A refusal (RFC 9457). Decide by `code`, which is stable; `detail` is for people.',
    required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
    properties: {
      type: text('a URN made of the code', 'urn:rapport:problem:customer.email-taken'),
      title: text('the kind of refusal in words', 'Conflict'),
      status: { type: 'integer', description: 'the HTTP status', examples: [409] },
      detail: text('what is wrong, for people', 'another record already holds this value'),
      code: text('what is wrong, for programs', 'customer.email-taken'),
      requestId: text('quote it when you report a fault', 'JKJaXmPLvHcESHA='),
      holder: text('with a taken value: id of the record that holds it', 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z'),
      errors: { type: 'array', description: 'every bad field', items: refTo('FieldError') },
    },
  },
  FieldError: {
    type: 'object',
    required: ['path', 'message'],
    properties: {
      path: text('the field, in dots', 'address.country'),
      message: text('what is wrong with it', 'is two letters, ISO 3166-1'),
    },
  },
  GatewayRefusal: {
    type: 'object',
    description: 'How the gateway itself refuses, before any route is asked.',
    required: ['message'],
    properties: { message: text('the reason', 'Unauthorized') },
  },
};
