import type { Operation } from './declared.ts';
import { takesIdempotencyKey } from './parameters.ts';
import type { Json } from './schemas.ts';

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** headers that replies carry, as shared components */
export const replyHeaders = {
  ETag: { description: 'The version, for If-Match and If-None-Match.', schema: { type: 'string' }, example: '"1"' },
  Location: { description: 'Where the created thing is found.', schema: { type: 'string' } },
  IdempotencyReplayed: {
    description: 'Present when this is the first reply to the same Idempotency-Key again.',
    schema: { type: 'string', const: 'true' },
  },
};

const phrases: Record<number, string> = { 200: 'Done', 201: 'Created', 202: 'Accepted', 204: 'Done, nothing to say' };

/** the replies of an operation that does what it was asked */
export const successOf = (operation: Operation, schema: Json, versioned: boolean): Record<string, Json> => {
  const { route, method } = operation;
  const headers = {
    ...(versioned ? { ETag: header('ETag') } : {}),
    ...(route.location && route.status === 201 ? { Location: header('Location') } : {}),
    ...(takesIdempotencyKey(operation) ? { 'Idempotency-Replayed': header('IdempotencyReplayed') } : {}),
  };
  const content = route.produces
    ? { [route.produces]: { schema: { type: 'string' } } }
    : { 'application/json': { schema } };
  const reply = {
    description: phrases[route.status] ?? 'Done',
    ...(Object.keys(headers).length ? { headers } : {}),
    ...(route.status === 204 ? {} : { content }),
  };
  const created = { ...reply, description: 'Created', headers: { ...headers, Location: header('Location') } };
  return {
    [route.status]: reply,
    // an upsert creates when there was nothing to update
    ...(route.location && route.status === 200 ? { 201: created } : {}),
    ...(method === 'get' && versioned ? { 304: { description: 'Still the version you hold' } } : {}),
  };
};
