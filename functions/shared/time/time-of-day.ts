import * as z from 'zod';
import { moveDate, toIso, toMs } from './duration.ts';
import { dayMs, instantOf, wallClock } from './zone.ts';

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 02:00');

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const nextTimeOfDay = (now: string, { at, timeZone }: { at: string; timeZone: string }): string => {
  const day = Math.floor(wallClock(timeZone, toMs(now)) / dayMs) * dayMs;
  const shown = day + minutes(at) * 60_000;
  const today = instantOf(timeZone, shown);
  return toIso(today > toMs(now) ? today : instantOf(timeZone, moveDate(shown, { months: 0, days: 1 })));
};

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 21:00');

/** hours in which nothing is sent, on the customer's own clock; over midnight when `to` is the earlier one */
export const QuietHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from the beginning' });
export type QuietHours = z.output<typeof QuietHours>;

/** when quiet hours that hold at an instant (RFC 3339) end; null when sending is allowed */
export function quietUntil({ from, to }: QuietHours, nowIso: string, timeZone: string): string | null {
  const now = toMs(nowIso);
  const today = Math.floor(wallClock(timeZone, now) / dayMs) * dayMs;
  const length = (minutes(to) - minutes(from) + 1440) % 1440;
  for (const day of [today - dayMs, today]) {
    const begins = day + minutes(from) * 60_000;
    const ends = instantOf(timeZone, begins + length * 60_000);
    if (instantOf(timeZone, begins) <= now && now < ends) return toIso(ends);
  }
  return null;
}
