import type { Json } from '../openapi/schemas.ts';

const comment = (description: unknown) =>
  typeof description === 'string' && description
    ? `/** ${description.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */\n`
    : '';

const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

const union = (types: string[]) => [...new Set(types)].join(' | ');

const grouped = (type: string) => (/[|&]/.test(type) ? `(${type})` : type);

const objectType = (schema: Json): string => {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = schema as {
    properties?: Record<string, Json>;
    required?: string[];
    additionalProperties?: Json | boolean;
  };
  const fields = Object.entries(properties).map(
    ([name, field]) =>
      `${comment(field.description)}${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(field)};`,
  );
  const open = additionalProperties && typeof additionalProperties === 'object' ? additionalProperties : undefined;
  if (!fields.length) return `{ [key: string]: ${open ? typeOf(open) : 'unknown'} }`;
  return `{\n${fields.join('\n')}\n}`;
};

const arrayType = ({ items, prefixItems }: Json): string => {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map(item => typeOf(item)).join(', ')}]`;
  return `${grouped(items ? typeOf(items as Json) : 'unknown')}[]`;
};

const named: Record<string, (schema: Json) => string> = {
  string: () => 'string',
  number: () => 'number',
  integer: () => 'number',
  boolean: () => 'boolean',
  null: () => 'null',
  object: objectType,
  array: arrayType,
};

/** A JSON Schema as a TypeScript type. What a type cannot say (lengths, patterns) is left to the API. */
export const typeOf = (schema: Json): string => {
  const { $ref, type, anyOf, oneOf, allOf } = schema;
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return union(schema.enum.map(value => JSON.stringify(value)));
  const types = type === undefined ? [] : [type].flat();
  if (types.length) return union(types.map(name => named[String(name)]?.(schema) ?? 'unknown'));
  const options = anyOf ?? oneOf;
  if (Array.isArray(options)) return union(options.map(option => typeOf(option)));
  if (Array.isArray(allOf)) return allOf.map(part => grouped(typeOf(part))).join(' & ');
  return 'unknown';
};
