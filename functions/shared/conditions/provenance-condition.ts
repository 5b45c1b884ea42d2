import * as z from 'zod';
import { Duration, minus } from '../time/duration.ts';
import { isWithinBounds, type Outcome, shownBounds } from './outcome.ts';

export type Known = {
  source: string;
  observedAt: string;
  verified?: { at: string; by: string } | undefined;
  confidence: number;
};

const share = z.number().min(0).max(1).optional();

export const knownOperators = {
  verified: z
    .strictObject({ by: z.enum(['customer', 'staff', 'third-party']).optional(), within: Duration.optional() })
    .optional(),
  observed: z.strictObject({ source: z.string().min(1).max(100).optional(), within: Duration.optional() }).optional(),
  confidence: z
    .strictObject({ gt: share, gte: share, lt: share, lte: share })
    .refine(bounds => Object.values(bounds).some(bound => bound !== undefined), 'must have a bound such as gte')
    .optional(),
};

type Operators = { [name in keyof typeof knownOperators]: NonNullable<z.output<(typeof knownOperators)[name]>> };
type Operator = keyof Operators;
/** a dotted path and one of the operators; of an address all parts must be so */
export type KnownCondition = { [name in Operator]: { attribute: string } & Pick<Operators, name> }[Operator];

export const asksKnown = (condition: object): condition is KnownCondition =>
  Object.keys(condition).some(key => key in knownOperators);

const isWithin = (at: string, within: string | undefined, now: string) =>
  within === undefined || Date.parse(at) >= Date.parse(minus(now, within));

const speaks = (source: string, wanted: string) =>
  wanted.endsWith('*') ? source.startsWith(wanted.slice(0, -1)) : source === wanted;

const span = (within: string | undefined) => (within ? ` within ${within}` : '');

type Judgement<W> = {
  expected: (wanted: W) => string;
  holds: (known: Known, wanted: W, now: string) => boolean;
  is: (known: Known) => string;
};

const judgements: { [name in Operator]: Judgement<Operators[name]> } = {
  verified: {
    expected: ({ by, within }) => `is verified${by ? ` by ${by}` : ''}${span(within)}`,
    holds: ({ verified }, { by, within }, now) =>
      verified !== undefined && (by === undefined || verified.by === by) && isWithin(verified.at, within, now),
    is: ({ verified }) => (verified ? `it was by ${verified.by} on ${verified.at.slice(0, 10)}` : 'it is not'),
  },
  observed: {
    expected: ({ source, within }) => `is observed${source ? ` by ${source}` : ''}${span(within)}`,
    holds: ({ source, observedAt }, wanted, now) =>
      (wanted.source === undefined || speaks(source, wanted.source)) && isWithin(observedAt, wanted.within, now),
    is: ({ source, observedAt }) => `it was by ${source} on ${observedAt.slice(0, 10)}`,
  },
  confidence: {
    expected: wanted => `is sure to ${shownBounds(wanted)}`,
    holds: ({ confidence }, wanted) => isWithinBounds(confidence, wanted),
    is: ({ confidence }) => `it is to ${confidence}`,
  },
};

/** whether the provenance of an attribute is as expected; an attribute without a value has none */
export function judgeKnown(
  condition: KnownCondition,
  known: ((attribute: string, now: string) => Known[]) | undefined,
  now: string,
): Outcome {
  const { attribute } = condition;
  const operator = Object.keys(condition).find((key): key is Operator => key in judgements)!;
  const wanted = (condition as Partial<Operators>)[operator];
  const { expected, holds, is } = judgements[operator] as Judgement<unknown>;
  const all = known?.(attribute, now) ?? [];
  const failing = all.find(one => !holds(one, wanted, now));
  const shown = failing ?? all[0];
  const actual = shown ? is(shown) : 'it is missing';
  return { holds: all.length > 0 && !failing, reasons: [`attribute ${attribute} ${expected(wanted)}: ${actual}`] };
}
