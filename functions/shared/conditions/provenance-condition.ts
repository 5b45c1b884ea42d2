import * as z from 'zod';
import { Duration, shifted, toIso } from '../time/duration.ts';
import { firstChange, isWithinBounds, type Outcome, outcomeUntil, shownBounds } from './outcome.ts';

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

const endOf = (at: string, within: string) => shifted(Date.parse(at), within);

const isWithin = (at: string, within: string | undefined, now: number) =>
  within === undefined || endOf(at, within) >= now;

const speaks = (source: string, wanted: string) =>
  wanted.endsWith('*') ? source.startsWith(wanted.slice(0, -1)) : source === wanted;

const span = (within: string | undefined) => (within ? ` within ${within}` : '');

type Judgement<W> = {
  expected: (wanted: W) => string;
  holds: (known: Known, wanted: W, now: number) => boolean;
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

type KnownAt = ((attribute: string, now: string) => Known[]) | undefined;

const century = 3_155_760_000_000;

/** the first instant at which what never comes back has come; undefined: not within a century */
const firstWhen = (has: (at: number) => boolean, now: number): number[] => {
  let [before, after] = [now, now + century];
  if (has(before) || !has(after)) return [];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (has(middle)) after = middle;
    else before = middle;
  }
  return [after];
};

/** confidence declines: the instants at which it comes to a bound, and below it */
const confidenceEdges = (bounds: object, confidencesAt: (at: number) => number[], now: number) =>
  confidencesAt(now).flatMap((_, nth) =>
    Object.values(bounds).flatMap((bound: number) => [
      ...firstWhen(at => (confidencesAt(at)[nth] ?? 0) <= bound, now),
      ...firstWhen(at => (confidencesAt(at)[nth] ?? 0) < bound, now),
    ]),
  );

const edgesOf = (condition: KnownCondition, all: Known[], known: KnownAt, now: number): number[] => {
  const { attribute } = condition;
  if ('confidence' in condition) {
    const confidencesAt = (at: number) => (known?.(attribute, toIso(at)) ?? []).map(({ confidence }) => confidence);
    return confidenceEdges(condition.confidence, confidencesAt, now);
  }
  const isVerified = 'verified' in condition;
  const { within } = isVerified ? condition.verified : condition.observed;
  if (within === undefined) return [];
  const times = all.flatMap(({ observedAt, verified }) => (isVerified ? (verified?.at ?? []) : observedAt));
  return times.map(at => endOf(at, within) + 1);
};

/** whether the provenance of an attribute is as expected; an attribute without a value has none */
export function judgeKnown(condition: KnownCondition, known: KnownAt, now: string): Outcome {
  const { attribute } = condition;
  const operator = Object.keys(condition).find((key): key is Operator => key in judgements)!;
  const wanted = (condition as Partial<Operators>)[operator];
  const { expected, holds, is } = judgements[operator] as Judgement<unknown>;
  const failingAt = (at: number) => (known?.(attribute, toIso(at)) ?? []).find(one => !holds(one, wanted, at));
  const all = known?.(attribute, now) ?? [];
  const holdsAt = (at: number) => all.length > 0 && !failingAt(at);
  const ms = Date.parse(now);
  const shown = failingAt(ms) ?? all[0];
  const actual = shown ? is(shown) : 'it is missing';
  const reasons = [`attribute ${attribute} ${expected(wanted)}: ${actual}`];
  return outcomeUntil({ holds: holdsAt(ms), reasons }, firstChange(holdsAt, edgesOf(condition, all, known, ms), ms));
}
