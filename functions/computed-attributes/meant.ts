import { trackedTrack } from '../../events/tracked.ts';
import type { Computed } from '../customers/attributes/definition.ts';
import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import { parseTyped } from '../customers/attributes/typed-values.ts';
import { type Happening, meantBy } from '../shared/conditions/event-condition.ts';
import { indexKeys } from '../shared/events/event-index.ts';
import { behaviourKey } from '../shared/events/interest.ts';
import { isObject } from '../shared/json.ts';
import type { Brought } from './tallied.ts';

/** the types of our own events look like this; what a company calls a tracked event had better not */
const ownType = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/;

export const isTypeOfOurs = (event: string) => ownType.test(event);

/** the type of the events that are meant: a name that is none of ours is a tracked event's */
export const typeOf = ({ event }: Computed) => (isTypeOfOurs(event) ? event : trackedTrack.name);

/** the keys that a computation is filed under, as triggers are */
export const keysOf = (computed: Computed): string[] => {
  const { event, where } = computed;
  if (!isTypeOfOurs(event)) return [behaviourKey(trackedTrack.name, event)];
  const ofEvent = where && ('detail' in where ? where : { detail: 'data' in where ? where : { data: where } });
  return indexKeys({ ...ofEvent, 'detail-type': [event] });
};

/** whether devices may have done it before it was known whose they are */
export const isBehaviour = (computed: Computed) => typeOf(computed).startsWith('tracked.');

const nameIn = (data: unknown) => (isObject(data) ? data.event : undefined);

type Event = Happening & { id: string };

const meantIn = new WeakMap<Computed, (event: Happening) => boolean>();

/** by what the timeline keeps of it: what was heard live and what is read again are the same */
const isMeant = (computed: Computed, { type, occurredAt, data }: Event) => {
  const meant = meantIn.get(computed) ?? meantBy({ ...computed, event: typeOf(computed) });
  meantIn.set(computed, meant);
  return meant({ type, occurredAt, data }) && (isTypeOfOurs(computed.event) || nameIn(data) === computed.event);
};

const at = (data: unknown, path: string) =>
  path
    .split('.')
    .reduce<unknown>((part, name) => (isObject(part) && Object.hasOwn(part, name) ? part[name] : undefined), data);

/** so much of an event is kept */
const mostCharacters = 500;

/** What an event brings to an attribute; nothing where it is not meant, or has no value that the attribute could have. */
export const broughtBy = (definition: ComputedDefinition, event: Event): Brought | undefined => {
  const { computed, type } = definition;
  if (!isMeant(computed, event)) return undefined;
  const time = new Date(event.occurredAt).toISOString();
  const brought = { at: time, id: event.id };
  if (computed.operation === 'count') return { ...brought, value: null };
  const given = computed.path ? at(event.data, computed.path) : type === 'date' ? time.slice(0, 10) : time;
  const read = given === undefined || given === null ? undefined : parseTyped(definition, given);
  if (!read || 'fault' in read || JSON.stringify(read.value).length > mostCharacters) return undefined;
  return { ...brought, value: read.value as Brought['value'] };
};
