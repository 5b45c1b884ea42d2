import * as z from 'zod';

export type Json = Record<string, unknown>;

type Io = 'input' | 'output';

const prefix = '#/components/schemas/';

export const refTo = (name: string) => ({ $ref: prefix + name });

/** a schema, or the component it refers to */
export const resolve = (schema: Json | undefined, schemas: Record<string, Json>): Json | undefined =>
  typeof schema?.$ref === 'string' ? schemas[schema.$ref.slice(prefix.length)] : schema;

/** `string or null` as one schema with two types: readers and generators show it better */
const nullable = (_: string, schema: unknown) => {
  const { anyOf, ...rest } = (schema ?? {}) as { anyOf?: Json[] };
  const [one, other, ...more] = anyOf ?? [];
  if (more.length || other?.type !== 'null' || typeof one?.type !== 'string') return schema;
  const values = one.enum ? { enum: [...(one.enum as unknown[]), null] } : {};
  return { ...one, ...rest, type: [one.type, 'null'], ...values };
};

const tidy = (schema: object): Json => {
  const text = JSON.stringify(schema, (key, value) => (key === '$schema' || key === '$id' ? undefined : value));
  return JSON.parse(text, nullable);
};

const settings = (io: Io) => ({
  io,
  unrepresentable: 'any' as const,
  override: ({ jsonSchema }: { jsonSchema: object }) => {
    const schema = jsonSchema as Json;
    // replies may get more fields in later versions
    if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
    if (schema.format) delete schema.pattern;
    // some readers of patterns do not know the classes of Unicode
    if (typeof schema.pattern === 'string')
      schema.pattern = schema.pattern.replace('\\p{Cc}', '\\u0000-\\u001f\\u007f-\\u009f');
    if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
    if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  },
});

/** zod gives recursive schemas no names: those of any JSON value are one, others need an id in their metadata */
const nameOf = (name: string, { anyOf }: Json) => {
  if (!/^(__)?schema\d+$/.test(name)) return name;
  if (Array.isArray(anyOf) && anyOf.length === 6 && anyOf.some(({ type }) => type === 'null')) return 'Json';
  throw new Error('A recursive schema has no name. Give it one: .meta({ id })');
};

/** the schemas of a registry as components */
export const componentsOf = (registry: ReturnType<typeof z.registry<{ id: string }>>, io: Io): Record<string, Json> => {
  const { schemas } = z.toJSONSchema(registry, { ...settings(io), uri: id => prefix + id });
  const { __shared, ...own } = schemas as Record<string, Json>;
  const shared = (__shared?.$defs ?? {}) as Record<string, Json>;
  const names = new Map(Object.entries(shared).map(([name, schema]) => [name, nameOf(name, schema)]));
  const named = Object.entries(shared).map(([name, schema]) => [names.get(name), schema]);
  const text = JSON.stringify({ ...own, ...Object.fromEntries(named) });
  const local = text.replaceAll(/__shared#\/\$defs\/([\w-]+)/g, (_, name) => names.get(name) ?? name);
  return tidy(JSON.parse(local)) as Record<string, Json>;
};

const schemaOf = (schema: z.ZodType, io: Io) => tidy(z.toJSONSchema(schema, settings(io)));

export const inputSchema = (schema: z.ZodType) => schemaOf(schema, 'input');

export const outputSchema = (schema: z.ZodType) => schemaOf(schema, 'output');
