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
