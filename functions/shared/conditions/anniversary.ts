import * as z from 'zod';
import { Duration, moveDate, parseDuration } from '../time/duration.ts';
import { dayMs, instantOf, wallClock } from '../time/zone.ts';
import { timeOf } from './bound.ts';

const mostDays = 366;

const isInDays = (text: string) => {
  const { years, months, weeks, days, ms } = parseDuration(text);
  return ms === 0 && years * 366 + months * 31 + weeks * 7 + days <= mostDays;
};

const Days = Duration.refine(
  text => !Duration.safeParse(text).success || isInDays(text),
  'must be whole days, a year at most, such as P7D',
).optional();

export const Anniversary = z
  .strictObject({ in: Days, ago: Days })
  .refine(({ in: ahead, ago }) => (ahead === undefined) !== (ago === undefined), 'must be either in or ago');
export type Anniversary = z.output<typeof Anniversary>;

const dayOf = (ms: number) => Math.floor(ms / dayMs) * dayMs;

/** the day (its midnight on a wall clock) of a year on which a date comes round: 29 February on 28 in other years */
const roundIn = (year: number, date: Date) => {
  const day = new Date(0);
  day.setUTCFullYear(year, date.getUTCMonth(), 1);
  const last = new Date(0);
  last.setUTCFullYear(year, date.getUTCMonth() + 1, 0);
  return day.setUTCDate(Math.min(date.getUTCDate(), last.getUTCDate()));
};

/** the spans, in milliseconds, of the days around now that are as long before or after the anniversary of a time as wanted */
export const anniversarySpans = (value: unknown, wanted: Anniversary, timeZone: string, now: number) => {
  const ms = timeOf(value);
  if (Number.isNaN(ms)) return [];
  const isDate = (value as string).length === 'YYYY-MM-DD'.length;
  const date = new Date(isDate ? ms : wallClock(timeZone, ms));
  const { years, months, weeks, days } = parseDuration(wanted.in ?? wanted.ago ?? 'P0D');
  const sign = wanted.in === undefined ? 1 : -1;
  const by = { months: sign * (years * 12 + months), days: sign * (weeks * 7 + days) };
  const year = new Date(wallClock(timeZone, now)).getUTCFullYear();
  return [-2, -1, 0, 1, 2].map(nth => {
    const day = moveDate(dayOf(roundIn(year + nth, date)), by);
    return [instantOf(timeZone, day), instantOf(timeZone, day + dayMs)] as const;
  });
};
