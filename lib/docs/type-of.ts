type Json = Record<string, unknown>;

const comment = (description: unknown) =>
  typeof description === 'string' && description
    ? `/** ${description.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */\n`
    : '';

const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

const union = (types: string[]) => [...new Set(types)].join(' | ');

const grouped = (type: string) => (/[|&]/.test(type) ? `(${type})` : type);

const objectType = ({ properties = {}, required = [], additionalProperties }: Json) => {
  const fields = Object.entries(properties as Record<string, Json>).map(([name, field]) => {
    const optional = (required as string[]).includes(name) ? '' : '?';
    return `${comment(field.description)}${key(name)}${optional}: ${typeOf(field)};`;
  });
  if (fields.length) return `{\n${fields.join('\n')}\n}`;
  return `{ [key: string]: ${typeof additionalProperties === 'object' ? typeOf(additionalProperties as Json) : 'unknown'} }`;
};

const arrayType = ({ items, prefixItems }: Json) =>
  Array.isArray(prefixItems)
    ? `[${prefixItems.map(item => typeOf(item)).join(', ')}]`
    : `${grouped(items ? typeOf(items as Json) : 'unknown')}[]`;

const ofType = (type: string, schema: Json) => {
  if (type === 'object') return objectType(schema);
  if (type === 'array') return arrayType(schema);
  return type === 'integer' ? 'number' : type;
};

/** A JSON Schema as a TypeScript type, without lengths and patterns. */
export const typeOf = (schema: Json): string => {
  const { $ref, type, anyOf, oneOf = anyOf, allOf } = schema;
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return union(schema.enum.map(value => JSON.stringify(value)));
  if (type) return union([type].flat().map(one => ofType(String(one), schema)));
  if (Array.isArray(oneOf)) return union(oneOf.map(option => typeOf(option)));
  if (Array.isArray(allOf)) return allOf.map(part => grouped(typeOf(part))).join(' & ');
  return 'unknown';
};
