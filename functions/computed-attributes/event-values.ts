import type * as z from 'zod';
import type { EventType } from '../../events/define.ts';
import { trackedTrack } from '../../events/tracked.ts';
import type { Computed } from '../customers/attributes/definition.ts';
import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import { parseTyped } from '../customers/attributes/typed-values.ts';
import { type Happening, meantBy } from '../shared/conditions/event-condition.ts';
import { indexKeys } from '../shared/events/event-index.ts';
import { behaviourKey } from '../shared/events/interest.ts';
import { isObject, type Json } from '../shared/json.ts';
import type { EventValue } from './aggregate.ts';

/** types of our own events look like this: tracked events had better have other names */
const ownType = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/;

export const isOwnType = (event: string) => ownType.test(event);

/** the type of a definition's events: any other name is one of a tracked event */
export const typeOf = ({ event }: Computed) => (isOwnType(event) ? event : trackedTrack.name);

export const keysOf = (computed: Computed): string[] => {
  const { event, where } = computed;
  if (!isOwnType(event)) return [behaviourKey(trackedTrack.name, event)];
  const ofEvent = where && ('detail' in where ? where : { detail: 'data' in where ? where : { data: where } });
  return indexKeys({ ...ofEvent, 'detail-type': [event] });
};

/** whether its events may come from devices without a known customer */
export const isBehaviour = (computed: Computed) => typeOf(computed).startsWith('tracked.');

type Event = Happening & { id: string };

const matchers = new WeakMap<Computed, (event: Happening) => boolean>();

/** decides by what the timeline stores of it, so that live and stored events count alike */
const matches = (computed: Computed, { type, occurredAt, data }: Event) => {
  const matcher = matchers.get(computed) ?? meantBy({ ...computed, event: typeOf(computed) });
  matchers.set(computed, matcher);
  if (!matcher({ type, occurredAt, data })) return false;
  return isOwnType(computed.event) || (isObject(data) && data.event === computed.event);
};

const valueAt = (data: unknown, path: string) =>
  path
    .split('.')
    .reduce<unknown>((part, name) => (isObject(part) && Object.hasOwn(part, name) ? part[name] : undefined), data);

const mostCharacters = 500;

/** What an event adds to an attribute; undefined where it does not match, or has no value of the attribute's type. */
export const eventValueOf = (definition: ComputedDefinition, event: Event): EventValue | undefined => {
  const { computed, type } = definition;
  if (!matches(computed, event)) return undefined;
  const at = new Date(event.occurredAt).toISOString();
  const { id } = event;
  if (computed.operation === 'count') return { at, id, value: null };
  const found = computed.path ? valueAt(event.data, computed.path) : type === 'date' ? at.slice(0, 10) : at;
  const read = found === undefined || found === null ? undefined : parseTyped(definition, found);
  if (!read || 'fault' in read || JSON.stringify(read.value).length > mostCharacters) return undefined;
  return { at, id, value: read.value as EventValue['value'] };
};

/** the part of zod's internal schema that is read here */
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

const branches = (schema: z.ZodType): Def[] => {
  const def = schema._zod.def as unknown as Def;
  if (def.type === 'union') return (def.options ?? []).flatMap(branches);
  if (def.type === 'lazy' && def.getter) return branches(def.getter());
  const inner = def.type === 'pipe' ? def.out : def.innerType;
  return inner ? branches(inner) : [def];
};

const isOpen = ({ type }: Def) => type === 'unknown' || type === 'any';

const step = (def: Def, name: string): Def[] => {
  if (isOpen(def)) return [{ type: 'unknown' }];
  if (def.type === 'record') return def.valueType ? branches(def.valueType) : [];
  if (def.type !== 'object') return [];
  const own = def.shape && Object.hasOwn(def.shape, name) ? (def.shape[name] as z.ZodType) : undefined;
  if (own) return branches(own);
  return def.catchall ? branches(def.catchall) : [];
};

const composite = ['object', 'record', 'array'];

/** What a path leads to in the data of an event, by its schema: a number (or what may be one), another value, a composite, or nothing. */
export const pathType = ({ data }: EventType, path: string): 'number' | 'value' | 'composite' | undefined => {
  const found = path.split('.').reduce((defs, name) => defs.flatMap(def => step(def, name)), branches(data));
  const left = found.filter(({ type }) => type !== 'never');
  if (!left.length) return undefined;
  if (left.some(def => isOpen(def) || def.type === 'number')) return 'number';
  return left.every(({ type }) => composite.includes(type)) ? 'composite' : 'value';
};
