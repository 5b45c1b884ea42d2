import * as z from 'zod';

export type Json = Record<string, unknown>;

type Registry = ReturnType<typeof z.registry<{ id: string }>>;

type Io = 'input' | 'output';

const prefix = '#/components/schemas/';

/** `T or null` as one schema with two types, which readers and generators show better */
const nullable = (schema: Json): Json => {
  const [one, other, ...more] = (schema.anyOf ?? []) as Json[];
  if (!one || other?.type !== 'null' || more.length || typeof one.type !== 'string') return schema;
  const { anyOf: _, ...rest } = schema;
  return {
    ...one,
    ...rest,
    type: [one.type, 'null'],
    ...(one.enum ? { enum: [...(one.enum as unknown[]), null] } : {}),
  };
};

/** without what only other tools read */
const tidy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== '$schema' && name !== '$id');
  return nullable(Object.fromEntries(kept.map(([name, part]) => [name, tidy(part)])));
};

/** zod's schema of any JSON value, which has no name there */
const isAnyJson = ({ anyOf }: Json) =>
  Array.isArray(anyOf) && anyOf.length === 6 && anyOf.some(({ type }) => type === 'null');

const nameOf = (name: string, schema: Json, io: Io) =>
  isAnyJson(schema) ? 'Json' : name.replace(/^(__)?schema/, `${io}Schema`);

/** schemas under readable names, with what refers to them; references beginning with `from` begin with `to` instead */
const renamed = (schema: Json, defs: Record<string, Json>, { io, from, to }: { io: Io; from: string; to: string }) => {
  const names = new Map(Object.entries(defs).map(([name, def]) => [name, nameOf(name, def, io)]));
  const text = (value: unknown) =>
    JSON.stringify(value, (key, part) =>
      key === '$ref' && String(part).startsWith(from) ? to + (names.get(part.slice(from.length)) ?? part) : part,
    );
  const named = Object.entries(defs).map(([name, def]) => [names.get(name), JSON.parse(text(def))]);
  return { schema: JSON.parse(text(schema)) as Json, defs: Object.fromEntries(named) as Record<string, Json> };
};

/** the largest safe integer is zod's way to say that there is no bound */
const unbounded = ({ minimum, maximum, ...schema }: Json): Json => ({
  ...schema,
  ...(typeof minimum === 'number' && minimum > Number.MIN_SAFE_INTEGER ? { minimum } : {}),
  ...(typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? { maximum } : {}),
});

const rewrite = (schema: Json, kept: Json) => {
  for (const name of Object.keys(schema)) delete schema[name];
  Object.assign(schema, kept);
};

const settings = (io: Io) => ({
  io,
  unrepresentable: 'any' as const,
  override: ({ jsonSchema }: { jsonSchema: object }) => {
    const schema = jsonSchema as Json;
    // a reply may get further fields in time: clients must not be told that there never are any
    if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
    if (schema.format) delete schema.pattern; // the format says the same in one word
    // not every reader of patterns knows the classes of Unicode
    if (typeof schema.pattern === 'string')
      schema.pattern = schema.pattern.replace('\\p{Cc}', '\\u0000-\\u001f\\u007f-\\u009f');
    if (schema.type === 'integer') rewrite(schema, unbounded(schema));
  },
});

/** All schemas of a registry as components that refer to one another by name. `input`: as sent, `output`: as answered. */
export const componentsOf = (registry: Registry, io: Io): Record<string, Json> => {
  const { schemas } = z.toJSONSchema(registry, { ...settings(io), uri: id => `${prefix}${id}` });
  const { __shared: shared, ...own } = schemas as Record<string, Json>;
  const shape = { io, from: `${prefix}__shared#/$defs/`, to: prefix };
  const { schema, defs } = renamed(own, (shared?.$defs ?? {}) as Record<string, Json>, shape);
  return tidy({ ...schema, ...defs }) as Record<string, Json>;
};

export const refTo = (name: string) => ({ $ref: `${prefix}${name}` });

const alone = (schema: z.ZodType, io: Io): Json => {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, settings(io)) as Json & { $defs?: Record<string, Json> };
  const { schema: own, defs } = renamed(root, $defs, { io, from: '#/$defs/', to: '#/$defs/' });
  return tidy({ ...own, ...(Object.keys(defs).length ? { $defs: defs } : {}) }) as Json;
};

/** one schema by itself, as sent */
export const inputSchema = (schema: z.ZodType) => alone(schema, 'input');

/** one schema by itself, as answered */
export const outputSchema = (schema: z.ZodType) => alone(schema, 'output');
