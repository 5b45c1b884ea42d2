import * as z from 'zod';
import { stepsOf } from '../patterns/match.ts';
import { type Outcome, shown } from './outcome.ts';

const text = z.string().max(1000);
const Scalar = z.union([text, z.number(), z.boolean()]);
const Ordered = z.union([text, z.number()]);

export const attributeOperators = {
  is: Scalar.optional(),
  isNot: Scalar.optional(),
  in: z.array(Scalar).min(1).max(1000).optional(),
  gt: Ordered.optional(),
  gte: Ordered.optional(),
  lt: Ordered.optional(),
  lte: Ordered.optional(),
  exists: z.boolean().optional(),
  contains: Scalar.optional(),
  startsWith: text.min(1).optional(),
};

type Operators = {
  [name in keyof typeof attributeOperators]: NonNullable<z.output<(typeof attributeOperators)[name]>>;
};
type Operator = keyof Operators;
/** a dotted path and one operator; a list on the path means each of its elements */
export type AttributeCondition = { [name in Operator]: { attribute: string } & Pick<Operators, name> }[Operator];

/** how each operator reads, and when it holds for the values found; without any only isNot and exists: false hold */
const judgements: { [name in Operator]: { words: string; holds: (found: Found, wanted: Operators[name]) => boolean } } =
  {
    is: { words: 'is', holds: ({ values }, wanted) => values.some(value => order(value, wanted) === 0) },
    isNot: { words: 'is not', holds: ({ values }, wanted) => values.every(value => order(value, wanted) !== 0) },
    in: {
      words: 'is one of',
      holds: ({ values }, wanted) => values.some(one => wanted.some(other => order(one, other) === 0)),
    },
    gt: { words: 'is more than', holds: ({ values }, wanted) => values.some(value => (order(value, wanted) ?? 0) > 0) },
    gte: {
      words: 'is at least',
      holds: ({ values }, wanted) => values.some(value => (order(value, wanted) ?? -1) >= 0),
    },
    lt: { words: 'is less than', holds: ({ values }, wanted) => values.some(value => (order(value, wanted) ?? 0) < 0) },
    lte: { words: 'is at most', holds: ({ values }, wanted) => values.some(value => (order(value, wanted) ?? 1) <= 0) },
    exists: { words: 'exists', holds: ({ values }, wanted) => values.length > 0 === wanted },
    contains: { words: 'contains', holds: ({ whole }, wanted) => whole.some(value => contains(value, wanted)) },
    startsWith: {
      words: 'starts with',
      holds: ({ values }, wanted) => values.some(value => typeof value === 'string' && value.startsWith(wanted)),
    },
  };

export function judgeAttribute(condition: AttributeCondition, attributes: Record<string, unknown>): Outcome {
  const operator = Object.keys(condition).find((key): key is Operator => key in judgements)!;
  const wanted = (condition as Partial<Operators>)[operator];
  const { words, holds } = judgements[operator] as { words: string; holds: (found: Found, wanted: unknown) => boolean };
  const found = find(attributes, condition.attribute);
  const actual = found.values.length ? `it is ${found.whole.map(shown).join(', ')}` : 'it is missing';
  return {
    holds: holds(found, wanted),
    reasons: [`attribute ${condition.attribute} ${words} ${shown(wanted)}: ${actual}`],
  };
}

type Found = { whole: unknown[]; values: unknown[] };

function find(attributes: Record<string, unknown>, path: string): Found {
  const whole = at(attributes, stepsOf(path), 0);
  return { whole, values: (whole.flat(20) as unknown[]).filter(value => value !== null && value !== undefined) };
}

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

const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/i;

export const isTime = (text: string) => time.test(text) && !Number.isNaN(Date.parse(text));

/** as instants when both are (a date is its midnight in UTC), else by their characters */
function orderTexts(a: string, b: string): number {
  const distance = time.test(a) && time.test(b) ? Date.parse(a) - Date.parse(b) : Number.NaN;
  if (!Number.isNaN(distance)) return distance;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
