import type { Json } from '../openapi/schemas.ts';
import { code, details, inline } from './html.ts';

export type Schemas = Record<string, Json>;

/** levels of fields that are shown one within the other */
const deepest = 4;

const bounds: [keyword: string, text: (value: unknown) => string][] = [
  ['minLength', value => `at least ${value} character${value === 1 ? '' : 's'}`],
  ['maxLength', value => `at most ${value} character${value === 1 ? '' : 's'}`],
  ['minimum', value => `at least ${value}`],
  ['maximum', value => `at most ${value}`],
  ['exclusiveMinimum', value => `more than ${value}`],
  ['minItems', value => `at least ${value} items`],
  ['maxItems', value => `at most ${value} items`],
  ['default', value => `default ${code(JSON.stringify(value))}`],
  ['const', value => `always ${code(JSON.stringify(value))}`],
];

/** bounds that only say what a number of JavaScript can hold say nothing */
const isTelling = (value: unknown) => typeof value !== 'number' || Math.abs(value) < 2 ** 53 - 1;

/** Fields of JSON Schemas as lists within lists. */
export const fieldsOf = (schemas: Schemas) => {
  const nameOf = ({ $ref }: Json) => (typeof $ref === 'string' ? $ref.split('/').at(-1)! : undefined);
  const resolved = (schema: Json): Json => {
    const name = nameOf(schema);
    return name ? { ...resolved(schemas[name] ?? {}), ...schema, $ref: undefined } : schema;
  };
  const variants = (schema: Json): Json[] => ((schema.anyOf ?? schema.oneOf) as Json[] | undefined) ?? [];

  /** what holds itself is called by its name */
  const typeOf = (given: Json, within: string[] = []): string => {
    const schema = resolved(given);
    const name = nameOf(given);
    if (name && within.includes(name)) return code(name);
    const path = name ? [...within, name] : within;
    if (schema.enum) return (schema.enum as unknown[]).map(value => code(JSON.stringify(value))).join(' · ');
    if (schema.const !== undefined) return code(JSON.stringify(schema.const));
    const several = variants(schema);
    if (several.length) return [...new Set(several.map(one => typeOf(one, path)))].join(' or ');
    if (schema.type === 'array') return schema.items ? `list of ${typeOf(schema.items as Json, path)}` : 'list';
    if (schema.format) return `${schema.format}`;
    if (Array.isArray(schema.type)) return schema.type.join(' or ');
    return String(schema.type ?? (schema.properties ? 'object' : 'any value')).replace('string', 'text');
  };

  /** the object that a field holds, in a list or among variants too */
  const objectsIn = (given: Json, seen: string[] = []): Json[] => {
    const schema = resolved(given);
    const name = nameOf(given);
    if (name && seen.includes(name)) return [];
    if (schema.properties) return [schema];
    const next = name ? [...seen, name] : seen;
    const parts = schema.type === 'array' && schema.items ? [schema.items as Json] : (schema.allOf ?? variants(schema));
    return (parts as Json[]).flatMap(part => objectsIn(part, next));
  };

  const list = (schema: Json, path: string[]): string => {
    const required = new Set((schema.required as string[] | undefined) ?? []);
    const items = Object.entries((schema.properties ?? {}) as Schemas).map(([name, given]) => {
      const field = resolved(given);
      const limits = bounds.flatMap(([keyword, text]) =>
        field[keyword] !== undefined && isTelling(field[keyword]) ? [text(field[keyword])] : [],
      );
      const notes = [required.has(name) ? '<b>required</b>' : '', ...limits].filter(Boolean).join(', ');
      const told = field.description ? `<p>${inline(String(field.description))}</p>` : '';
      return `<li><code class="name">${name}</code> <span class="type">${typeOf(given)}</span> <small>${notes}</small>${told}${within(given, path)}</li>`;
    });
    return items.length ? `<ul class="fields">${items.join('\n')}</ul>` : '';
  };

  const within = (given: Json, path: string[]): string => {
    const own = nameOf(given) ?? nameOf((given.items as Json | undefined) ?? {});
    if (own && path.includes(own)) return `<small>as ${code(own)} above</small>`;
    const objects = objectsIn(given);
    if (!objects.length || path.length >= deepest) return '';
    const next = [...path, own ?? ''];
    const shown = objects.map(object => list(object, next)).filter(Boolean);
    return shown.length ? details(shown.length > 1 ? 'fields, by kind' : 'fields', shown.join('<hr>')) : '';
  };

  /** all fields of a body or a reply */
  return (schema: Json): string => {
    const objects = objectsIn(schema);
    const own = nameOf(schema);
    const shown = objects.map(object => list(object, own ? [own] : [])).filter(Boolean);
    return shown.length ? shown.join('<p>or</p>') : `<p>${typeOf(schema)}</p>`;
  };
};
