import * as z from 'zod';
import { isObject } from '../json.ts';
import { compile, PatternError } from '../patterns/pattern.ts';
import { Duration, durationMs, FixedDuration, minus, negated, shifted, toIso, toMs } from '../time/duration.ts';
import { valuesAt } from './attribute-condition.ts';
import { type Between, edgesBetween, isBetween, timeOf } from './bound.ts';
import { firstChange, isWithinBounds, type Outcome, outcomeUntil, shownBounds } from './outcome.ts';

export type Happening = { type: string; occurredAt: string; data: unknown };

const bounds = <T extends z.ZodType>(number: T) => ({
  is: number.optional(),
  gt: number.optional(),
  gte: number.optional(),
  lt: number.optional(),
  lte: number.optional(),
});
const hasBound = (given: object) => Object.entries(given).some(([name, bound]) => name !== 'of' && bound !== undefined);
const noBound = 'must have a bound such as gte';

export const Count = z.strictObject(bounds(z.int().min(0))).refine(hasBound, noBound);
export type Count = z.output<typeof Count>;

const Measure = z
  .strictObject({
    of: z
      .string()
      .regex(/^[^.]+(?:\.[^.]+)*$/, 'must be a path such as properties.value')
      .max(200),
    ...bounds(z.number()),
  })
  .refine(hasBound, noBound);
type Measure = z.output<typeof Measure>;

export const Pattern = z.record(z.string(), z.unknown()).superRefine((pattern, context) => {
  try {
    compile(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    context.addIssue({ code: 'custom', path: error.path, message: error.problem });
  }
});

const Patterns = z.array(Pattern).min(1, 'has no patterns').max(20);

export type Pattern = Record<string, unknown>;
/** a pattern over the data of an event, or several that must all match */
export type Where = Pattern | Pattern[];

export const Where = z.unknown().superRefine((given, context) => {
  const several = Array.isArray(given);
  const checked = (several ? Patterns : Pattern).safeParse(given);
  for (const { path, message } of checked.error?.issues ?? []) context.addIssue({ code: 'custom', path, message });
}) as unknown as z.ZodType<Where>;

const mostPeriods = 100;

const name = z.string().min(1).max(200);

export const eventParts = {
  count: Count.optional(),
  within: Duration.optional(),
  sum: Measure.optional(),
  avg: Measure.optional(),
  min: Measure.optional(),
  max: Measure.optional(),
  distinct: Measure.optional(),
  latest: z.strictObject({ where: Where }).describe('the latest of them also matches this').optional(),
  then: z
    .strictObject({ event: name, where: Where.optional(), within: Duration.optional() })
    .describe('a later event follows')
    .optional(),
  regular: z
    .strictObject({
      periods: z.int().min(1).max(mostPeriods),
      of: FixedDuration.refine(of => !FixedDuration.safeParse(of).success || durationMs(of) > 0, 'must not be zero'),
      inAtLeast: z.int().min(1),
    })
    .refine(({ periods, inAtLeast }) => inAtLeast <= periods, {
      path: ['inAtLeast'],
      message: 'must not be more than the periods',
    })
    .describe('in so many of the periods that run back from now')
    .optional(),
};

export const measures = ['sum', 'avg', 'min', 'max', 'distinct'] as const;

/** what stands beside an event and cannot stand beside `regular`, which has its own periods */
export const notRegular = ['within', 'between', 'latest', 'then', ...measures] as const;

type Named = { event: string; where?: Where | undefined; within?: string | undefined };

/**
 * How often an event (a type, or the name of a tracked event) happened, at least once unless `count` is given, in the time `within` before now. `where` is
 * an event pattern over its data; one that begins with `data` or `detail` is over the event of the timeline or the bus.
 */
export type EventCondition = Named & {
  count?: Count | undefined;
  between?: Between | undefined;
  latest?: { where: Where } | undefined;
  then?: Named | undefined;
  regular?: { periods: number; of: string; inAtLeast: number } | undefined;
} & { [name in (typeof measures)[number]]?: Measure | undefined };

/** types of our own events look like this: tracked events had better have other names */
const ownType = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/;

export const isOwnType = (event: string) => ownType.test(event);

/** for a name where a type is wanted */
export const trackedHint = (event: string) =>
  `; for a tracked event of that name use tracked.track, where event is ["${event}"]`;

/** the type of the events that are meant: any other name is one of a tracked event */
export const typeOf = (event: string) => (isOwnType(event) ? event : 'tracked.track');

/** an event that counts from `from` on: when it happened, or when the one that must follow it did */
type Counted = { at: number; from: number; data: unknown; type: string; occurredAt: string };

const counted = ({ then, ...condition }: EventCondition, events: readonly Happening[]): Counted[] => {
  const meant = (of: Pick<EventCondition, 'event' | 'where'>) =>
    events
      .filter(meantBy(of))
      .map(event => ({ ...event, at: Date.parse(event.occurredAt) }))
      .toReversed() // timelines are read newest first
      .toSorted((a, b) => a.at - b.at);
  const firsts = meant(condition);
  if (!then) return firsts.map(event => ({ ...event, from: event.at }));
  const seconds = meant(then);
  let nth = 0;
  return firsts.flatMap(event => {
    while (nth < seconds.length && seconds[nth]!.at <= event.at) nth++;
    const next = seconds[nth];
    const follows = next && (!then.within || next.at <= shifted(event.at, then.within));
    return follows ? [{ ...event, from: next.at }] : [];
  });
};

const isInWindow = ({ at, from }: Counted, { within, between }: EventCondition, now: number) =>
  from <= now &&
  at <= now &&
  (within === undefined || shifted(at, within) >= now) &&
  (between === undefined || isBetween(at, between, now));

const periodOf = ({ at }: Counted, of: string, now: number) => Math.floor((now - at) / durationMs(of));

/** in how many of the periods that run back from now it happened so often */
const periodsWith = (events: Counted[], count: Count, regular: NonNullable<EventCondition['regular']>, now: number) => {
  const times = new Array<number>(regular.periods).fill(0);
  for (const event of events) {
    const period = periodOf(event, regular.of, now);
    if (event.from <= now && period < times.length) times[period]!++;
  }
  return times.filter(one => isWithinBounds(one, count)).length;
};

const distinctOf = (values: unknown[]) => new Set(values.map(value => JSON.stringify(value))).size;

const figure: { [name in (typeof measures)[number]]: (numbers: number[], values: unknown[]) => number | undefined } = {
  sum: numbers => numbers.reduce((sum, one) => sum + one, 0),
  avg: numbers => (numbers.length ? numbers.reduce((sum, one) => sum + one, 0) / numbers.length : undefined),
  min: numbers => (numbers.length ? numbers.reduce((a, b) => Math.min(a, b)) : undefined),
  max: numbers => (numbers.length ? numbers.reduce((a, b) => Math.max(a, b)) : undefined),
  distinct: (_, values) => distinctOf(values),
};

const measured = (events: Counted[], condition: EventCondition) =>
  measures.every(name => {
    const wanted = condition[name];
    if (!wanted) return true;
    const { of, ...bounds } = wanted;
    const values = events.flatMap(({ data }) => valuesAt(data, of));
    const found = figure[name](
      values.filter(value => typeof value === 'number'),
      values,
    );
    return found !== undefined && isWithinBounds(found, bounds);
  });

const once = { gte: 1 };

/** a measure judges what happened, also if nothing did */
const countOf = (condition: EventCondition): Count | undefined =>
  condition.count ?? (measures.some(name => condition[name]) ? undefined : once);

const holdsFor = (events: Counted[], condition: EventCondition, now: number): boolean => {
  const { latest, regular } = condition;
  if (regular) return periodsWith(events, condition.count ?? once, regular, now) >= regular.inAtLeast;
  const found = events.filter(event => isInWindow(event, condition, now));
  const count = countOf(condition);
  const last = found.at(-1);
  return (
    (count === undefined || isWithinBounds(found.length, count)) &&
    measured(found, condition) &&
    (latest === undefined || (last !== undefined && matcher(latest.where)(last)))
  );
};

/** the instants at which an event comes to count, or no longer does */
const edgesOf = ({ at, from }: Counted, { within, between, regular }: EventCondition): number[] => [
  from,
  ...(within === undefined ? [] : [shifted(at, within) + 1]),
  ...(between === undefined ? [] : edgesBetween(at, between)),
  ...(regular ? Array.from({ length: regular.periods }, (_, nth) => at + (nth + 1) * durationMs(regular.of)) : []),
];

const timesOf = (n: number) => (n === 1 ? '1 time' : `${n} times`);

const described = ({ event, where, within }: Named) =>
  `event ${event}${where ? ' as described' : ''}${within ? ` within ${within}` : ''}`;

const expectation = (condition: EventCondition) => {
  const { between, latest, then, regular, within, ...named } = condition;
  const count = countOf(condition);
  return [
    described(named),
    'happened',
    ...(count ? [shownBounds(count, { lt: 'fewer than' }, timesOf)] : []),
    ...(within ? [`within ${within}`] : []),
    ...(between ? [`between ${between.join(' and ')}`] : []),
    ...(regular ? [`in at least ${regular.inAtLeast} of ${regular.periods} periods of ${regular.of}`] : []),
    ...measures.flatMap(name => {
      const wanted = condition[name];
      return wanted ? [`with ${name} of ${wanted.of} ${shownBounds(wanted)}`] : [];
    }),
    ...(latest ? ['the latest as described'] : []),
    ...(then ? [`then ${described(then)}`] : []),
  ].join(' ');
};

export function judgeEvent(condition: EventCondition, events: readonly Happening[], nowIso: string): Outcome {
  const now = Date.parse(nowIso);
  const all = counted(condition, events);
  const holdsAt = (at: number) => holdsFor(all, condition, at);
  const happened = all.filter(event => isInWindow(event, condition, now)).length;
  const reasons = [`${expectation(condition)}: it happened ${timesOf(happened)}`];
  const edges = all.flatMap(event => edgesOf(event, condition));
  return outcomeUntil({ holds: holdsAt(now), reasons }, firstChange(holdsAt, edges, now));
}

/** how far back events count; undefined: from the beginning */
export const reachOf = ({ within, between, regular }: EventCondition, now: string): string | undefined => {
  if (regular) return toIso(toMs(now) - regular.periods * durationMs(regular.of));
  if (within !== undefined) return earlier(now, within);
  const [from] = between ?? [];
  if (from === undefined) return undefined;
  return /^-?P/.test(from) ? earlier(now, negated(from)) : toIso(timeOf(from));
};

/** months differ: an event counts until its own time plus the duration */
const slackDays = 'P4D';
const earlier = (now: string, by: string) => minus(minus(now, by), /^-?P[^T]*[YM]/.test(by) ? slackDays : 'P0D');

export function meantBy({ event, where }: Pick<EventCondition, 'event' | 'where'>): (happening: Happening) => boolean {
  const matches = where ? matcher(where) : () => true;
  const type = typeOf(event);
  const isNamed = ({ data }: Happening) => isOwnType(event) || (isObject(data) && data.event === event);
  return happening => happening.type === type && isNamed(happening) && matches(happening);
}

const matcher = (where: Where) => {
  const all = [where].flat().map(pattern => ({ pattern, matches: compiled(pattern) }));
  return (event: Happening) => all.every(({ pattern, matches }) => matches(seen(event, pattern)));
};

const patterns = new WeakMap<object, ReturnType<typeof compile>>();

/** a segment judges thousands of customers by one condition */
function compiled(pattern: Pattern) {
  const held = patterns.get(pattern) ?? compile(pattern);
  patterns.set(pattern, held);
  return held;
}

function seen(event: Happening, pattern: Pattern): unknown {
  if (Object.hasOwn(pattern, 'detail')) return { 'detail-type': event.type, detail: event };
  return Object.hasOwn(pattern, 'data') ? event : event.data;
}
