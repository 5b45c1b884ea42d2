import type { Computed } from '../customers/attributes/definition.ts';
import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import { parseTyped } from '../customers/attributes/typed-values.ts';
import { type Happening, meantBy, typeOf } from '../shared/conditions/event-condition.ts';
import { isObject } from '../shared/json.ts';
import type { EventValue } from './aggregate.ts';

/** whether its events may come from devices without a known customer */
export const isBehaviour = (computed: Computed) => typeOf(computed.event).startsWith('tracked.');

type Event = Happening & { id: string };

const matchers = new WeakMap<Computed, (event: Happening) => boolean>();

/** decides by what the timeline stores of it, so that live and stored events count alike */
const matches = (computed: Computed, { type, occurredAt, data }: Event) => {
  const matcher = matchers.get(computed) ?? meantBy(computed);
  matchers.set(computed, matcher);
  return matcher({ type, occurredAt, data });
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
