import { type Operation, paramsOf, takesIdempotencyKey, takesIfMatch } from './operations.ts';
import { inputSchema, type Json } from './schemas.ts';

export type ReplyOf = (operation: Operation) => Json | undefined;

const propertyOf = (schema: Json | undefined, name: string) =>
  (schema?.properties as Record<string, Json> | undefined)?.[name];

/** A path parameter's schema: that of the same field in the reply of the route that reads the thing, or in the route's own. */
const paramSchema = (operation: Operation, name: string, operations: Operation[], replyOf: ReplyOf): Json => {
  const upTo = operation.path.slice(0, operation.path.indexOf(`{${name}}`) + name.length + 2);
  const [, before = ''] = /([\w-]+)\/\{\w+\}$/.exec(upTo) ?? [];
  const reader = operations.find(({ path, method }) => path === upTo && method === 'get');
  const own = replyOf(operation);
  const schema =
    (reader && propertyOf(replyOf(reader), name)) ??
    propertyOf(own, `${before.replace(/ies$/, 'y').replace(/s$/, '')}Id`) ??
    (name === 'id' ? undefined : propertyOf(own, name));
  return schema && (schema.type === 'string' || schema.enum) ? schema : { type: 'string', minLength: 1 };
};

const parameter = (name: string, place: string, required: boolean, { description, ...schema }: Json): Json => ({
  name,
  in: place,
  required,
  ...(description ? { description } : {}),
  schema,
});

const header = (name: string) => ({ $ref: `#/components/parameters/${name}` });

/** everything of a request that is not its body */
export const parametersOf = (operation: Operation, operations: Operation[], replyOf: ReplyOf): Json[] => {
  const { path, method, route } = operation;
  const { properties = {}, required = [] } = (route.query ? inputSchema(route.query) : {}) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const versioned = propertyOf(replyOf(operation), 'version');
  return [
    ...paramsOf(path).map(name => parameter(name, 'path', true, paramSchema(operation, name, operations, replyOf))),
    ...Object.entries(properties).map(([name, schema]) => parameter(name, 'query', required.includes(name), schema)),
    ...(takesIdempotencyKey(operation) ? [header('IdempotencyKey')] : []),
    ...(takesIfMatch(operation) && versioned ? [header('IfMatch')] : []),
    ...(method === 'get' && versioned ? [header('IfNoneMatch')] : []),
  ];
};

const text = { type: 'string' };

export const headerParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'Makes a retry safe: the same key with the same request gets the first reply again for 48 hours.',
    schema: { ...text, minLength: 1, maxLength: 255 },
    example: 'order-1001-attempt',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag of the version that the change is based on; 412 when the record has changed since.',
    schema: { ...text, pattern: '^(\\*|"[0-9]+")$' },
    example: '"3"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of the version that you have; 304 without a body when the record has not changed.',
    schema: text,
    example: '"3"',
  },
};

export const replyHeaders = {
  ETag: { description: 'The version, for If-Match and If-None-Match.', schema: text, example: '"1"' },
  Location: { description: 'The address of the created record.', schema: text },
  IdempotencyReplayed: {
    description: 'Present when this is the first reply to the same Idempotency-Key again.',
    schema: { ...text, const: 'true' },
  },
};
