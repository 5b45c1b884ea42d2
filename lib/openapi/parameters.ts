import { type Operation, paramsOf } from './declared.ts';
import { inputSchema, type Json } from './schemas.ts';

const singular = (segment: string) => segment.replace(/ies$/, 'y').replace(/s$/, '');

const propertyOf = (schema: Json | undefined, name: string) =>
  (schema?.properties as Record<string, Json> | undefined)?.[name];

const components = '#/components/schemas/';

export type Shown = {
  operations: Operation[];
  /** the schema of a route's reply, in full */
  replySchema: (operation: Operation) => Json | undefined;
};

/** A path parameter's schema: that of the same thing in the reply of the route that reads it, or in the route's own. */
const paramSchema = (operation: Operation, name: string, { operations, replySchema }: Shown): Json => {
  const upTo = operation.path.slice(0, operation.path.indexOf(`{${name}}`) + name.length + 2);
  const [, before = ''] = /([\w-]+)\/\{\w+\}$/.exec(upTo) ?? [];
  const reader = operations.find(({ path, method }) => path === upTo && method === 'get');
  const own = replySchema(operation);
  const schema =
    (reader && propertyOf(replySchema(reader), name)) ??
    propertyOf(own, `${singular(before)}Id`) ??
    (name === 'id' ? undefined : propertyOf(own, name));
  return schema && (schema.type === 'string' || schema.enum) ? schema : { type: 'string', minLength: 1 };
};

const header = (name: string) => ({ $ref: `#/components/parameters/${name}` });

export const takesIdempotencyKey = ({ method, route }: Operation) =>
  method === 'post' && (route.auth === 'token' || route.auth === 'customer');
export const takesIfMatch = ({ method, path }: Operation) => method !== 'get' && paramsOf(path).length > 0;

const queryParameters = ({ route }: Operation): Json[] => {
  if (!route.query) return [];
  const { properties = {}, required = [] } = inputSchema(route.query) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description ? { description } : {}),
    schema,
  }));
};

/** everything of a request that is not its body */
export const parametersOf = (operation: Operation, shown: Shown, versioned: boolean): Json[] => [
  ...paramsOf(operation.path).map(name => {
    const { description, ...schema } = paramSchema(operation, name, shown);
    return { name, in: 'path', required: true, ...(description ? { description } : {}), schema };
  }),
  ...queryParameters(operation),
  ...(takesIdempotencyKey(operation) ? [header('IdempotencyKey')] : []),
  ...(takesIfMatch(operation) && versioned ? [header('IfMatch')] : []),
  ...(operation.method === 'get' && versioned ? [header('IfNoneMatch')] : []),
];

/** a schema, or the component it refers to */
export const resolve = (schema: Json | undefined, schemas: Record<string, Json>): Json | undefined =>
  typeof schema?.$ref === 'string' ? schemas[schema.$ref.slice(components.length)] : schema;

/** headers that requests take, as shared components */
export const headerParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes a repetition safe: the same key with the same request gets the first reply again, byte for byte, for 48 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: 'order-1001-attempt',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag of the version that the change is meant for; 412 when it is no longer that version.',
    schema: { type: 'string', pattern: '^(\\*|"[0-9]+")$' },
    example: '"3"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of the version you hold; 304 without a body when it is still that version.',
    schema: { type: 'string' },
    example: '"3"',
  },
};
