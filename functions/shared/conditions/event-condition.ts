import * as z from 'zod';
import { isObject } from '../json.ts';
import { compile, PatternError } from '../patterns/pattern.ts';
import { Duration, minus } from '../time/duration.ts';
import { isWithinBounds, type Outcome, shownBounds } from './outcome.ts';

export type Happening = { type: string; occurredAt: string; data: unknown };

const times = z.int().min(0).optional();
const Count = z
  .strictObject({ is: times, gt: times, gte: times, lt: times, lte: times })
  .refine(count => Object.values(count).some(bound => bound !== undefined), 'must have a bound such as gte');
type Count = z.output<typeof Count>;

export const Where = z.record(z.string(), z.unknown()).superRefine((pattern, context) => {
  try {
    compile(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    context.addIssue({ code: 'custom', path: error.path, message: error.problem });
  }
});

export const eventParts = { where: Where.optional(), count: Count.optional(), within: Duration.optional() };

/**
 * How often an event (a type, or the name of a tracked event) happened, at least once unless `count` is given, in the time `within` before now. `where` is
 * an event pattern over its data; one that begins with `data` or `detail` is over the event of the timeline or the bus.
 */
export type EventCondition = { event: string; where?: Record<string, unknown>; count?: Count; within?: string };

/** types of our own events look like this: tracked events had better have other names */
const ownType = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/;

export const isOwnType = (event: string) => ownType.test(event);

/** for a name where a type is wanted */
export const trackedHint = (event: string) =>
  `; for a tracked event of that name use tracked.track, where event is ["${event}"]`;

/** the type of the events that are meant: any other name is one of a tracked event */
export const typeOf = (event: string) => (isOwnType(event) ? event : 'tracked.track');

export function judgeEvent(condition: EventCondition, events: readonly Happening[], now: string): Outcome {
  const { event, where, within, count = { gte: 1 } } = condition;
  const isMeant = meantBy(condition);
  const since = within ? Date.parse(minus(now, within)) : Number.NEGATIVE_INFINITY;
  const happened = events.filter(
    ({ type, occurredAt, data }) =>
      Date.parse(occurredAt) >= since &&
      Date.parse(occurredAt) <= Date.parse(now) &&
      isMeant({ type, occurredAt, data }),
  ).length;
  const expected = `event ${event}${where ? ' as described' : ''} happened ${shownBounds(count, { lt: 'fewer than' }, counted)}${within ? ` within ${within}` : ''}`;
  return { holds: isWithinBounds(happened, count), reasons: [`${expected}: it happened ${counted(happened)}`] };
}

export function meantBy({ event, where }: Pick<EventCondition, 'event' | 'where'>): (happening: Happening) => boolean {
  const matches = where ? compiled(where) : () => true;
  const type = typeOf(event);
  const isNamed = ({ data }: Happening) => isOwnType(event) || (isObject(data) && data.event === event);
  return happening => happening.type === type && isNamed(happening) && matches(seen(happening, where));
}

const patterns = new WeakMap<object, ReturnType<typeof compile>>();

/** a segment judges thousands of customers by one condition */
function compiled(where: Record<string, unknown>) {
  const held = patterns.get(where) ?? compile(where);
  patterns.set(where, held);
  return held;
}

function seen(event: Happening, where: Record<string, unknown> = {}): unknown {
  if (Object.hasOwn(where, 'detail')) return { 'detail-type': event.type, detail: event };
  return Object.hasOwn(where, 'data') ? event : event.data;
}

const counted = (n: number) => (n === 1 ? '1 time' : `${n} times`);
