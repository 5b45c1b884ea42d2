import { kindOf } from '../../events/ids.ts';
import { type Problem, requestInvalid, scopeMissing, statusOf } from '../../functions/shared/http/api-error.ts';
import * as errors from '../../functions/shared/http/errors.ts';
import { kebab } from '../names.ts';
import { type Operation, paramsOf, takesIdempotencyKey, takesIfMatch } from './operations.ts';
import { type Json, refTo } from './schemas.ts';

const byToken = ({ route }: Operation) => route.auth === 'token';
const byCustomer = ({ route }: Operation) => route.auth === 'customer';
const withBody = ({ route }: Operation) => Boolean(route.body);
const writes = ({ method }: Operation) => method !== 'get';
const paged = ({ route }: Operation) => 'cursor' in ((route.query as { shape?: object } | undefined)?.shape ?? {});

type Applies = (operation: Operation) => boolean;

/** errors that any route may reply with, and which routes do */
const common: [declared: Problem[], when: Applies][] = [
  [[errors.bodyMalformed, errors.bodyTooDeep, errors.bodyTooLarge, errors.bodyNotJson], withBody],
  [[errors.cursorMalformed], paged],
  [[errors.ifMatchMalformed, errors.versionStale], takesIfMatch],
  [[errors.idempotencyMalformed], takesIdempotencyKey],
  [[errors.tokenMissing, errors.tokenUnknown, errors.tokenExpired, errors.tokenRevoked], byCustomer],
  [[errors.tokenWithoutTenant], byToken],
  [[errors.quotaExceeded], operation => byToken(operation) || byCustomer(operation)],
  [[scopeMissing], ({ route }) => Boolean(route.scope)],
  [[errors.concurrentUpdate], operation => byToken(operation) && writes(operation)],
  [[errors.idempotencyRunning], takesIdempotencyKey],
  [[requestInvalid], ({ route }) => Boolean(route.body || route.query)],
  [[errors.idempotencyReused], takesIdempotencyKey],
];

type Parameter = { name?: unknown; schema?: unknown };

/** what a parameter is the id of: by its name, the pattern of its ids, or the path that it stands in */
const kindAt = ({ path }: Operation, { name, schema }: Parameter) => {
  if (name === 'customerId') return 'customer';
  const [, prefix] = /^\^([a-z]+)_/.exec(String((schema as Json | undefined)?.pattern)) ?? [];
  const kind = prefix && kindOf(prefix);
  if (kind) return kebab(kind);
  const [, segment] = new RegExp(`([\\w-]+)/\\{${name}\\}`).exec(path) ?? [];
  return segment?.replace(/ies$/, 'y').replace(/s$/, '');
};

const fieldsOf = (schema: unknown) => Object.keys((schema as { shape?: object } | undefined)?.shape ?? {});

/** the errors of records that are named in a request and do not exist, or no longer */
const absences = (operation: Operation, parameters: Parameter[]): [status: number, codes: string[]][] => {
  const { path, route } = operation;
  if (route.auth === 'link') return [[404, []]];
  if (route.auth !== 'token' && route.auth !== 'customer') return [];
  const isUpsert = route.key.startsWith('PUT ') && route.location;
  const named = isUpsert ? [] : parameters.filter(({ name }) => paramsOf(path).includes(String(name)));
  const kinds = named.map(parameter => kindAt(operation, parameter));
  if ([route.query, route.body].some(schema => fieldsOf(schema).includes('customerId'))) kinds.push('customer');
  const missing = kinds.flatMap(kind => (kind ? [`${kind}.not-found`] : []));
  if (paramsOf(path).length) missing.push(errors.routeNotFound.code);
  return [
    ...(missing.length ? [[404, missing] as [number, string[]]] : []),
    ...(kinds.includes('customer') ? [[410, [errors.replyErased.code]] as [number, string[]]] : []),
  ];
};

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
export const problemsOf = (operation: Operation, parameters: Parameter[]) => {
  const replies = gateway(operation);
  const { route } = operation;
  const declared = [...common.flatMap(([declared, when]) => (when(operation) ? declared : [])), ...route.errors];
  const applying: (readonly [status: number, codes: readonly string[]])[] = [
    ...absences(operation, parameters),
    // that no error is declared for
    ...(route.auth === 'none' ? [] : [[500, ['internal']] as const]),
    ...declared.map(({ kind, code }) => [statusOf[kind], [code]] as const),
  ];
  for (const [status, listed] of Map.groupBy(applying, ([status]) => status)) {
    const codes = [...new Set(listed.flatMap(([, codes]) => codes))];
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
