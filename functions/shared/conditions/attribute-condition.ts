import * as z from 'zod';
import { stepsOf } from '../patterns/match.ts';
import { Duration, shifted } from '../time/duration.ts';
import { isTimeZone } from '../time/zone.ts';
import { Anniversary, anniversarySpans } from './anniversary.ts';
import { Between, Bound, edgesAt, edgesBetween, isBetween, sideOf, timeOf } from './bound.ts';
import { firstChange, type Outcome, outcomeUntil, shown } from './outcome.ts';
import { folded, isLike } from './text.ts';

const text = z.string().max(1000);
const Scalar = z.union([text, z.number(), z.boolean()]);
const Ordered = z.union([text, z.number()]);
const Several = z.array(Scalar).min(1).max(1000);

export const attributeOperators = {
  is: Scalar.optional(),
  isNot: Scalar.optional(),
  in: Several.optional(),
  notIn: Several.optional(),
  gt: Ordered.optional(),
  gte: Ordered.optional(),
  lt: Ordered.optional(),
  lte: Ordered.optional(),
  exists: z.boolean().optional(),
  contains: Scalar.optional(),
  startsWith: text.min(1).optional(),
  endsWith: text.min(1).optional(),
  like: text.min(1).describe('the whole value: * any characters, ? one').optional(),
  before: Bound.optional(),
  after: Bound.optional(),
  between: Between.describe('from the first on, before the second; also of events').optional(),
  anniversary: Anniversary.describe('the day and month come round').optional(),
  held: z.strictObject({ for: Duration }).describe('the value has been as it is for so long').optional(),
};

/** operators that compare texts, with regard to case unless `ignoreCase` is set */
export const textOperators = ['is', 'isNot', 'in', 'notIn', 'contains', 'startsWith', 'endsWith', 'like'];
export const ignoreCase = z.boolean().describe('beside an operator on texts').optional();

type Operators = {
  [name in keyof typeof attributeOperators]: NonNullable<z.output<(typeof attributeOperators)[name]>>;
};
type Operator = keyof Operators;
/** a dotted path and one operator; a list on the path means each of its elements */
export type AttributeCondition = {
  [name in Operator]: { attribute: string; ignoreCase?: boolean | undefined } & Pick<Operators, name>;
}[Operator];

type Found = { whole: unknown[]; values: unknown[] };

/** what an attribute has beside its values: since when it is as it is, and the customer's zone */
type Around = { changedAt: number | undefined; timeZone: string };

type Judgement<Wanted> = {
  words: string;
  holds: (found: Found, wanted: Wanted, now: number, around: Around) => boolean;
  /** the instants at which time alone may change it */
  edges?: (found: Found, wanted: Wanted, now: number, around: Around) => number[];
};

const some = (test: (value: unknown, wanted: never) => boolean) => (found: Found, wanted: unknown) =>
  found.values.some(value => test(value, wanted as never));
const none = (test: (value: unknown, wanted: never) => boolean) => (found: Found, wanted: unknown) =>
  !some(test)(found, wanted);

const equals = (value: unknown, wanted: unknown) => order(value, wanted) === 0;
const isOneOf = (value: unknown, wanted: unknown[]) => wanted.some(one => equals(value, one));
const ordered = (test: (order: number) => boolean) => (value: unknown, wanted: unknown) => {
  const found = order(value, wanted);
  return found !== undefined && test(found);
};
const onText = (test: (value: string, wanted: string) => boolean) => (value: unknown, wanted: string) =>
  typeof value === 'string' && test(value, wanted);

const timesOf = ({ values }: Found) => values.map(timeOf).filter(ms => !Number.isNaN(ms));

const atBound = (test: (side: number) => boolean): Omit<Judgement<string>, 'words'> => ({
  holds: (found, bound, now) => timesOf(found).some(ms => test(sideOf(ms, bound, now))),
  edges: (found, bound) => timesOf(found).flatMap(ms => edgesAt(ms, bound)),
});

const spansOf = ({ values }: Found, wanted: Anniversary, now: number, { timeZone }: Around) =>
  values.flatMap(value => anniversarySpans(value, wanted, timeZone, now));

/** how each operator reads, and when it holds for the values found; without any only isNot, notIn and exists: false hold */
const judgements: { [name in Operator]: Judgement<Operators[name]> } = {
  is: { words: 'is', holds: some(equals) },
  isNot: { words: 'is not', holds: none(equals) },
  in: { words: 'is one of', holds: some(isOneOf) },
  notIn: { words: 'is none of', holds: none(isOneOf) },
  gt: { words: 'is more than', holds: some(ordered(one => one > 0)) },
  gte: { words: 'is at least', holds: some(ordered(one => one >= 0)) },
  lt: { words: 'is less than', holds: some(ordered(one => one < 0)) },
  lte: { words: 'is at most', holds: some(ordered(one => one <= 0)) },
  exists: { words: 'exists', holds: ({ values }, wanted) => values.length > 0 === wanted },
  contains: { words: 'contains', holds: ({ whole }, wanted) => whole.some(value => contains(value, wanted)) },
  startsWith: { words: 'starts with', holds: some(onText((value, wanted) => value.startsWith(wanted))) },
  endsWith: { words: 'ends with', holds: some(onText((value, wanted) => value.endsWith(wanted))) },
  like: { words: 'is like', holds: some(onText(isLike)) },
  before: { words: 'is before', ...atBound(side => side < 0) },
  after: { words: 'is after', ...atBound(side => side > 0) },
  between: {
    words: 'is between',
    holds: (found, bounds, now) => timesOf(found).some(ms => isBetween(ms, bounds, now)),
    edges: (found, bounds) => timesOf(found).flatMap(ms => edgesBetween(ms, bounds)),
  },
  anniversary: {
    words: 'has its anniversary',
    holds: (found, wanted, now, around) =>
      spansOf(found, wanted, now, around).some(([from, to]) => from <= now && now < to),
    edges: (found, wanted, now, around) => spansOf(found, wanted, now, around).flat(),
  },
  held: {
    words: 'has been as it is',
    holds: ({ values }, wanted, now, { changedAt }) =>
      values.length > 0 && changedAt !== undefined && shifted(changedAt, wanted.for) <= now,
    edges: (_, wanted, __, { changedAt }) => (changedAt === undefined ? [] : [shifted(changedAt, wanted.for)]),
  },
};

type AttributeFacts = {
  attributes: Record<string, unknown>;
  changedAt?: ((attribute: string) => string | undefined) | undefined;
  timeZone?: string | undefined;
  now: string;
};

const fold = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fold);
  return typeof value === 'string' ? folded(value) : value;
};

/** the zone of a customer's days */
export const zoneOf = (attributes: Record<string, unknown>, whereUnknown = 'UTC') => {
  const { timeZone } = attributes;
  return typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : whereUnknown;
};

export function judgeAttribute(condition: AttributeCondition, facts: AttributeFacts): Outcome {
  const operator = Object.keys(condition).find((key): key is Operator => key in judgements)!;
  const given = (condition as Partial<Operators>)[operator];
  const { words, holds, edges } = judgements[operator] as Judgement<unknown>;
  const found = find(facts.attributes, condition.attribute);
  const changedAt = operator === 'held' ? facts.changedAt?.(condition.attribute) : undefined;
  const around = {
    changedAt: changedAt === undefined ? undefined : Date.parse(changedAt),
    timeZone: facts.timeZone ?? zoneOf(facts.attributes),
  };
  const compared = condition.ignoreCase ? { whole: found.whole.map(fold), values: found.values.map(fold) } : found;
  const wanted = condition.ignoreCase ? fold(given) : given;
  const holdsAt = (at: number) => holds(compared, wanted, at, around);
  const now = Date.parse(facts.now);
  const actual = found.values.length ? `it is ${found.whole.map(shown).join(', ')}` : 'it is missing';
  const reasons = [`attribute ${condition.attribute} ${words} ${spelled(given)}: ${actual}`];
  return outcomeUntil(
    { holds: holdsAt(now), reasons },
    edges && firstChange(holdsAt, edges(compared, wanted, now, around), now),
  );
}

const spelled = (wanted: unknown): string => {
  const { in: ahead, ago, for: long } = (wanted ?? {}) as Record<string, string | undefined>;
  if (ahead !== undefined) return `in ${ahead}`;
  if (ago !== undefined) return `${ago} ago`;
  return long === undefined ? shown(wanted) : `for ${long}`;
};

function find(attributes: Record<string, unknown>, path: string): Found {
  const whole = at(attributes, stepsOf(path), 0);
  return { whole, values: (whole.flat(20) as unknown[]).filter(value => value !== null && value !== undefined) };
}

/** the values at a dotted path; a list on it means each of its elements */
export const valuesAt = (value: unknown, path: string): unknown[] =>
  find(value as Record<string, unknown>, path).values;

function at(node: unknown, steps: ReturnType<typeof stepsOf>, depth: number): unknown[] {
  if (depth === steps.length) return [node];
  if (Array.isArray(node)) return node.flatMap(item => at(item, steps, depth));
  if (typeof node !== 'object' || node === null) return [];
  return steps[depth]!.flatMap(([key, next]) =>
    Object.hasOwn(node, key) ? at((node as Record<string, unknown>)[key], steps, next) : [],
  );
}

/** a list contains an element, a text a part */
function contains(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(value)) return value.some(item => order(item, wanted) === 0);
  return typeof value === 'string' && typeof wanted === 'string' && value.includes(wanted);
}

/** below, at or above zero as the first comes before, with or after the second; undefined for values of two kinds */
function order(a: unknown, b: unknown): number | undefined {
  if (typeof a !== typeof b) return;
  if (typeof a === 'string') return orderTexts(a, b as string);
  if (typeof a === 'number' || typeof a === 'boolean') return Number(a) - Number(b);
}

/** as instants when both are (a date is its midnight in UTC), else by their characters */
function orderTexts(a: string, b: string): number {
  const distance = timeOf(a) - timeOf(b);
  if (!Number.isNaN(distance)) return distance;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
