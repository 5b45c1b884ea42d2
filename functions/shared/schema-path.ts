import type * as z from 'zod';
import type { Json } from './json.ts';

/** the part of zod's internal schema that is read here */
type Def = {
  type: string;
  shape?: Json;
  catchall?: z.ZodType;
  valueType?: z.ZodType;
  element?: z.ZodType;
  innerType?: z.ZodType;
  out?: z.ZodType;
  options?: z.ZodType[];
  getter?: () => z.ZodType;
};

const branches = (schema: z.ZodType): Def[] => {
  const def = schema._zod.def as unknown as Def;
  if (def.type === 'union') return (def.options ?? []).flatMap(branches);
  if (def.type === 'lazy' && def.getter) return branches(def.getter());
  const inner = def.type === 'pipe' ? def.out : def.innerType;
  return inner ? branches(inner) : [def];
};

const isAny = ({ type }: Def) => type === 'unknown' || type === 'any';

type Lists = { lists: boolean };

const elements = (def: Def): Def[] => (def.type === 'array' && def.element ? branches(def.element) : [def]);

const step = (def: Def, name: string): Def[] => {
  if (isAny(def)) return [{ type: 'unknown' }];
  if (def.type === 'record') return def.valueType ? branches(def.valueType) : [];
  if (def.type !== 'object') return [];
  const own = def.shape && Object.hasOwn(def.shape, name) ? (def.shape[name] as z.ZodType) : undefined;
  if (own) return branches(own);
  return def.catchall ? branches(def.catchall) : [];
};

const isPossible = ({ type }: Def) => type !== 'never';

const composite = ['object', 'record', 'array'];

type PathType = 'number' | 'value' | 'composite';

/** What a path leads to by a schema: a number (or what may be one), another value, a composite, or nothing. `lists`: a step may lead into the elements of a list. */
export const pathType = (
  schema: z.ZodType,
  path: string[],
  { lists }: Lists = { lists: false },
): PathType | undefined => {
  const follow = (defs: Def[], name: string) => (lists ? defs.flatMap(elements) : defs).flatMap(def => step(def, name));
  const left = path.reduce(follow, branches(schema)).filter(isPossible);
  const found = lists ? left.flatMap(elements) : left;
  if (!found.length) return undefined;
  if (found.some(def => isAny(def) || def.type === 'number')) return 'number';
  return found.every(({ type }) => composite.includes(type)) ? 'composite' : 'value';
};

/** the names that the objects at a path have by a schema */
const namesAt = (schema: z.ZodType, path: string[]): string[] =>
  path
    .reduce((defs, name) => defs.flatMap(elements).flatMap(def => step(def, name)), branches(schema))
    .flatMap(elements)
    .flatMap(({ shape = {} }) => Object.keys(shape));

/** the first part of a path that none of some schemas has, with the names that they have in its place */
export const unknownPart = (schemas: z.ZodType[], path: string[]): { at: string[]; names: string[] } | undefined => {
  const known = (length: number) =>
    schemas.some(schema => pathType(schema, path.slice(0, length), { lists: true }) !== undefined);
  const depth = path.findIndex((_, nth) => !known(nth + 1));
  if (depth < 0) return undefined;
  return {
    at: path.slice(0, depth + 1),
    names: [...new Set(schemas.flatMap(schema => namesAt(schema, path.slice(0, depth))))],
  };
};
