import { type Contracts, type Operation, operationsOf } from '../openapi/declared.ts';
import { problemSchemas } from '../openapi/problems.ts';
import type { Json } from '../openapi/schemas.ts';
import { typeOf } from './type-of.ts';

type Parameter = { name: string; in: string; required?: boolean; description?: string; schema: Json; $ref?: string };

type Described = {
  summary: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
};

type Document = { paths: Record<string, Json>; components: { schemas: Record<string, unknown> } };

/** routes that programs call; pages and signed links are for browsers */
const callable = ({ route }: Operation) => route.auth !== 'link' && route.auth !== 'none' && !route.produces;

const group = (parameters: Parameter[], place: string): string[] => {
  const properties = parameters.filter(parameter => parameter.in === place);
  if (!properties.length) return [];
  const required = properties.filter(one => one.required).map(({ name }) => name);
  const schema = {
    type: 'object',
    required,
    properties: Object.fromEntries(
      properties.map(({ name, schema, description }) => [name, { ...schema, description }]),
    ),
  };
  return [`${place === 'path' ? 'params' : 'query'}${required.length ? '' : '?'}: ${typeOf(schema)}`];
};

const takes = (parameters: Parameter[], name: string) => parameters.some(({ $ref }) => $ref?.endsWith(`/${name}`));

const bodyType = ({ requestBody }: Described) => {
  const [content] = Object.values(requestBody?.content ?? {});
  return content ? [`body: ${typeOf(content.schema)}`] : [];
};

const replyType = ({ responses }: Described, status: number) => {
  const schema = responses[status]?.content?.['application/json']?.schema;
  return schema ? typeOf(schema) : 'undefined';
};

const methodOf = ({ name, route }: Operation, described: Described) => {
  const { parameters = [] } = described;
  const asked = [
    ...group(parameters, 'path'),
    ...group(parameters, 'query'),
    ...bodyType(described),
    ...(takes(parameters, 'IdempotencyKey') ? ['idempotencyKey?: string'] : []),
    ...(takes(parameters, 'IfMatch') ? ['ifMatch?: number'] : []),
    'signal?: AbortSignal',
  ];
  const optional = asked.every(part => /^\w+\?/.test(part)) ? '?' : '';
  const doc = `/** ${described.summary.replaceAll('*/', '* /')} */`;
  return `${doc}\n${name}(asked${optional}: { ${asked.join('; ')} }): Promise<${replyType(described, route.status)}>;`;
};

/** the parts of a context are one to its callers */
const contextOf = ({ context }: Operation) => context.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const perContext = (operations: Operation[], line: (operation: Operation) => string) =>
  [...Map.groupBy(operations, contextOf)]
    .map(([context, its]) => `${context}: {\n${its.map(line).join('\n')}\n}`)
    .join(',\n');

const schemaTypes = ({ components: { schemas } }: Document) =>
  Object.entries(schemas as Record<string, Json>)
    .filter(([name]) => !(name in problemSchemas)) // the client throws its own
    .map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`);

/** The generated part of the client: a type for every route, and the method and path behind each. */
export const clientSource = (contracts: Contracts, document: Document) => {
  const operations = operationsOf(contracts).filter(callable);
  const describe = ({ path, method }: Operation) =>
    (document.paths[path.replace('+}', '}')] as Record<string, Described>)[method] as Described;
  return [
    '// written by `npm run docs` from the declared routes',
    ...schemaTypes(document),
    `/** Every route, by context and name. */\nexport type Api = {\n${perContext(operations, one => methodOf(one, describe(one))).replaceAll('},\n', '};\n')}\n};`,
    `/** method and path of each, \`*\` before those that take a write key */\nexport const routes = {\n${perContext(
      operations,
      ({ name, route }) => `${name}: '${route.auth === 'writeKey' ? '*' : ''}${route.key}',`,
    )}\n} as const;`,
  ].join('\n\n');
};
