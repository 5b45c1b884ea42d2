import type * as z from 'zod';
import type { EventType } from '../../events/define.ts';
import type { Json } from '../shared/json.ts';

/** a schema as zod keeps it, as far as it is looked at here */
type Def = {
  type: string;
  shape?: Json;
  catchall?: z.ZodType;
  valueType?: z.ZodType;
  innerType?: z.ZodType;
  out?: z.ZodType;
  options?: z.ZodType[];
  getter?: () => z.ZodType;
};

/** what a schema comes to: without what is optional, has a default or is one of several */
const branches = (schema: z.ZodType): Def[] => {
  const def = schema._zod.def as unknown as Def;
  if (def.type === 'union') return (def.options ?? []).flatMap(branches);
  if (def.type === 'lazy' && def.getter) return branches(def.getter());
  const inner = def.type === 'pipe' ? def.out : def.innerType;
  return inner ? branches(inner) : [def];
};

const anything: Def = { type: 'unknown' };

/** whether nothing is said of what it is */
const isOpen = ({ type }: Def) => type === 'unknown' || type === 'any';

const step = (def: Def, name: string): Def[] => {
  if (isOpen(def)) return [anything];
  if (def.type === 'record') return def.valueType ? branches(def.valueType) : [];
  if (def.type !== 'object') return [];
  const own = def.shape && Object.hasOwn(def.shape, name) ? (def.shape[name] as z.ZodType) : undefined;
  if (own) return branches(own);
  return def.catchall ? branches(def.catchall) : [];
};

const wholes = ['object', 'record', 'array'];

/** What a path leads to in the data of an event, by their schema: a number (or it may be one), another value, one in parts, or nothing. */
export const leadsTo = ({ data }: EventType, path: string): 'number' | 'value' | 'parts' | undefined => {
  const found = path.split('.').reduce((defs, name) => defs.flatMap(def => step(def, name)), branches(data));
  const left = found.filter(({ type }) => type !== 'never');
  if (!left.length) return undefined;
  if (left.some(def => isOpen(def) || def.type === 'number')) return 'number';
  return left.every(({ type }) => wholes.includes(type)) ? 'parts' : 'value';
};
