import { indexKeys } from '../events/event-index.ts';
import { behaviourKey, everything } from '../events/interest.ts';
import { type EventCondition, isOwnType, type Pattern, typeOf, type Where } from './event-condition.ts';

/** a pattern over the data of an event, over the event, or over the one of the bus, as the last */
const overBus = (type: string, where: Pattern) => {
  if ('detail' in where) return { 'detail-type': [type], detail: where.detail };
  return { 'detail-type': [type], detail: 'data' in where ? where : { data: where } };
};

/** all patterns must match: the keys of one suffice, best of one that names the events */
const keysOfType = (type: string, where: Where = []): string[] => {
  const each = [where].flat().map(pattern => indexKeys(overBus(type, pattern)));
  const every = behaviourKey(type, everything);
  return each.find(keys => !keys.includes(every) && !keys.includes(everything)) ?? [every];
};

/** The keys (see event-index.ts) of events that are named as in conditions. */
export const keysOfEvent = ({ event, where }: Pick<EventCondition, 'event' | 'where'>): string[] => {
  const type = typeOf(event);
  if (!type.startsWith('tracked.')) return [type];
  return isOwnType(event) ? keysOfType(type, where) : [behaviourKey(type, event)];
};
