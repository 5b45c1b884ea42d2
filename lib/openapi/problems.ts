import { statusOf as statuses } from '../../functions/shared/http/api-error.ts';
import { type Operation, paramsOf, takesIdempotencyKey, takesIfMatch } from './operations.ts';
import { type Json, refTo } from './schemas.ts';

const byToken = ({ route }: Operation) => route.auth === 'token';
const byCustomer = ({ route }: Operation) => route.auth === 'customer';
const withBody = ({ route }: Operation) => Boolean(route.body);
const writes = ({ method }: Operation) => method !== 'get';
const paged = ({ route }: Operation) => 'cursor' in ((route.query as { shape?: object } | undefined)?.shape ?? {});

/** codes that any route may reply with, and which routes do */
const common: [status: number, codes: string[], when: (operation: Operation) => boolean][] = [
  [400, ['body.malformed', 'body.too-deep'], withBody],
  [400, ['cursor.malformed'], paged],
  [400, ['if-match.malformed'], takesIfMatch],
  [400, ['idempotency.malformed'], takesIdempotencyKey],
  [401, ['token.missing', 'token.unknown', 'token.expired', 'token.revoked'], byCustomer],
  [403, ['token.no-tenant'], byToken],
  [403, ['scope.missing'], ({ route }) => Boolean(route.scope)],
  [404, [], ({ path }) => paramsOf(path).length > 0],
  [409, ['busy'], operation => byToken(operation) && writes(operation)],
  [409, ['idempotency.running'], takesIdempotencyKey],
  [412, ['version.stale'], takesIfMatch],
  [413, ['body.too-large'], withBody],
  [415, ['body.not-json'], withBody],
  [422, ['request.invalid'], ({ route }) => Boolean(route.body || route.query)],
  [422, ['idempotency.reused'], takesIdempotencyKey],
  [500, ['internal'], ({ route }) => route.auth !== 'none'],
];

const meanings: Record<number, string> = {
  400: 'The request is malformed',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'The record does not exist, or belongs to another tenant',
  409: 'The request conflicts with the current state',
  410: 'The record was deleted',
  412: 'The record was changed by another request',
  413: 'The body is too large',
  415: 'The content type is not supported',
  422: 'The request is invalid: `errors` names every bad field',
  429: 'Too many requests',
  500: 'Internal error: report the `requestId`',
};

const problem = (status: number, codes: string[]) => ({
  'application/problem+json': {
    schema: codes.length
      ? { allOf: [refTo('Problem'), { properties: { code: { enum: codes }, status: { const: status } } }] }
      : refTo('Problem'),
  },
});

const byGateway = (description: string) => ({
  description,
  content: { 'application/json': { schema: refTo('GatewayError') } },
});

/** replies of the gateway itself, before any function runs */
const gateway = (operation: Operation) => {
  const replies: Record<number, Json> = {
    431: byGateway('The address and headers are larger than 10 KB'),
    429: byGateway('Too many requests: try again later'),
    503: byGateway('No reply in time: a write may or may not have been done'),
  };
  if (byToken(operation)) replies[401] = byGateway('The token is missing or invalid');
  if (writes(operation)) replies[413] = byGateway('The body is larger than 10 MB');
  return replies;
};

/** every error reply of an operation by its status, with the codes it may carry */
export const problemsOf = (operation: Operation, statusOf: (code: string) => number | undefined) => {
  const replies = gateway(operation);
  const { route } = operation;
  const applying = [
    ...common.filter(([, , when]) => when(operation)),
    ...route.errors.map(error =>
      typeof error === 'string'
        ? ([statusOf(error) ?? 409, [error]] as const)
        : ([statuses[error.kind], [error.code]] as const),
    ),
  ];
  for (const [status, listed] of Map.groupBy(applying, ([status]) => status)) {
    const codes = listed.flatMap(([, codes]) => codes);
    const named = codes.map(code => `\`${code}\``).join(', ');
    const page = route.auth === 'link' && status === 404 && route.produces;
    replies[status] = {
      description: `${meanings[status] ?? ''}${named && ` (${named})`}`,
      content: {
        ...(replies[status]?.content as Json | undefined),
        ...problem(status, codes),
        ...(page ? { [page]: { schema: { type: 'string' } } } : {}),
      },
    };
  }
  return replies;
};
