import * as z from 'zod';
import { dayMs, instantOf, wallClock } from './zone.ts';

/** an ISO 8601 duration in its parts; all are zero or less for one written with a minus, such as -PT7H */
export type Parts = { years: number; months: number; weeks: number; days: number; ms: number };

const format =
  /^(-)?P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;
const longest = 15; // characters of one number; what is longer is no date

/** the parts of an ISO 8601 duration; throws RangeError for any other text */
export function parseDuration(duration: string): Parts {
  const [, minus, ...numbers] = format.exec(duration) ?? [];
  if (!numbers.length || numbers.some(number => number !== undefined && number.length > longest)) {
    throw new RangeError(`${duration} is not an ISO 8601 duration such as P2D, PT4H or P1Y2M3DT4H5M6S`);
  }
  const sign = minus ? -1 : 1;
  const [years, months, weeks, days, hours, minutes, seconds] = numbers.map(
    number => sign * Number(number ?? 0),
  ) as Seven;
  return { years, months, weeks, days, ms: Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000) };
}

type Seven = [number, number, number, number, number, number, number];

/** milliseconds, with days of 24 hours; throws RangeError where the length depends on the calendar (years, months) */
export function durationMs(duration: string): number {
  const { years, months, weeks, days, ms } = parseDuration(duration);
  if (years || months) throw new RangeError(`${duration} has no fixed length: years and months differ`);
  return (weeks * 7 + days) * dayMs + ms;
}

/**
 * An instant (RFC 3339) and a duration later, UTC. Years to days move the date on the wall clock of the zone, to the last
 * day of a shorter month (31 January and P1M: 28 February); hours, minutes and seconds are elapsed time.
 */
export const plus = (instant: string, duration: string, timeZone?: string) => toIso(moved(instant, duration, timeZone));

const moved = (instant: string, duration: string, timeZone = 'UTC') => shifted(toMs(instant), duration, timeZone);

/** `plus` in milliseconds, also beyond the year 9999 */
export const shifted = (start: number, duration: string, timeZone = 'UTC') => {
  const { years, months, weeks, days, ms } = parseDuration(duration);
  if (!years && !months && !weeks && !days) return start + ms;
  const shown = moveDate(wallClock(timeZone, start), { months: years * 12 + months, days: weeks * 7 + days });
  return instantOf(timeZone, shown) + ms;
};

export const lastInstant = '9999-12-31T23:59:59.999Z';

/** `plus` for what clients date as they like: nothing is later than the last instant */
export const plusAtMost = (instant: string, duration: string) =>
  toIso(Math.min(moved(instant, duration), Date.parse(lastInstant)));

/** a duration back instead of ahead */
export const negated = (duration: string) => (duration.startsWith('-') ? duration.slice(1) : `-${duration}`);

export const minus = (instant: string, duration: string, timeZone?: string) =>
  plus(instant, negated(duration), timeZone);

/** the same time of day on a later or earlier date; both are wall clocks in milliseconds */
export function moveDate(shown: number, { months, days }: { months: number; days: number }): number {
  const date = new Date(shown);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last)) + days * dayMs;
}

/** milliseconds of an RFC 3339 instant; throws RangeError for any other text */
export function toMs(instant: string): number {
  const ms = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/i.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`${instant} is not an RFC 3339 instant`);
  return ms;
}

/** RFC 3339, UTC, milliseconds; throws RangeError beyond the year 9999 */
export function toIso(ms: number): string {
  if (!(Math.abs(ms) < 253_402_300_800_000)) throw new RangeError('the date is out of range');
  return new Date(ms).toISOString();
}

const mostDays = 36_600;

export const isDuration = (text: string) => {
  try {
    const { years, months, weeks, days, ms } = parseDuration(text);
    return !text.startsWith('-') && years * 366 + months * 31 + weeks * 7 + days + ms / dayMs <= mostDays;
  } catch {
    return false;
  }
};

/** an ISO 8601 duration, neither negative nor longer than a century */
export const Duration = z
  .string()
  .max(60)
  .refine(isDuration, 'must be an ISO 8601 duration such as P2D, PT4H or P1M, a century at most')
  .meta({ format: 'duration', examples: ['P2D'] });

export const FixedDuration = Duration.refine(
  text => !isDuration(text) || durationIsFixed(text),
  'must have a fixed length: weeks, days, hours, minutes or seconds',
);

/** how long something counts, where nothing would in no time */
export const Span = FixedDuration.refine(
  text => !isDuration(text) || !durationIsFixed(text) || durationMs(text) > 0,
  'must be longer than zero',
);

function durationIsFixed(text: string) {
  const { years, months } = parseDuration(text);
  return !years && !months;
}

/** the day of an instant, in UTC */
export const dayOf = (instant: string) => instant.slice(0, 'YYYY-MM-DD'.length);

export const midnightOf = (day: string) => `${day}T00:00:00.000Z`;
