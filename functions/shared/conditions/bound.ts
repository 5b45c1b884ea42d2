import * as z from 'zod';
import { isDuration, negated, shifted } from '../time/duration.ts';

const time =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/i;

/** milliseconds of an RFC 3339 instant or a date, which is its midnight in UTC; NaN for any other value */
export const timeOf = (value: unknown): number => {
  if (typeof value !== 'string' || !time.test(value)) return Number.NaN;
  const ms = Date.parse(value);
  // Date.parse takes 30 February for 2 March
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return day.toISOString().startsWith(value.slice(0, 10)) ? ms : Number.NaN;
};

export const isTime = (text: string) => !Number.isNaN(timeOf(text));

const isRelative = (bound: string) => /^-?P/.test(bound);
const isSigned = (text: string) => isDuration(text.replace(/^-/, ''));

export const Bound = z
  .string()
  .max(60)
  .refine(
    text => (isRelative(text) ? isSigned(text) : isTime(text)),
    'must be an instant, a date, or a duration from now such as -P30D or P7D',
  )
  .meta({ examples: ['-P30D', '2026-11-30', '2026-11-30T09:00:00Z'] });

/** where a time is beside a bound at an instant: below zero before it, zero at it */
export const sideOf = (ms: number, bound: string, now: number) =>
  isRelative(bound) ? shifted(ms, negated(bound)) - now : ms - timeOf(bound);

/** the instants at which a time comes to the other side of a bound */
export const edgesAt = (ms: number, bound: string): number[] => {
  if (!isRelative(bound)) return [];
  const meets = shifted(ms, negated(bound));
  return [meets, meets + 1];
};

const comparable = (from: string, to: string) => isRelative(from) === isRelative(to);
const placeOf = (bound: string) => (isRelative(bound) ? shifted(0, bound) : timeOf(bound));

/** from an instant on, up to before another */
export const Between = z
  .tuple([Bound, Bound])
  .refine(
    ([from, to]) => !comparable(from, to) || placeOf(from) < placeOf(to),
    'begins with the far edge: the first must be earlier than the second, as in ["-P60D", "-P30D"]',
  )
  .meta({ examples: [['-P60D', '-P30D']] });
export type Between = readonly [from: string, to: string];

export const isBetween = (ms: number, [from, to]: Between, now: number) =>
  sideOf(ms, from, now) >= 0 && sideOf(ms, to, now) < 0;

export const edgesBetween = (ms: number, bounds: Between) => bounds.flatMap(bound => edgesAt(ms, bound));
