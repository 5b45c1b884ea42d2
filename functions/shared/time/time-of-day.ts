import * as z from 'zod';
import { weekdays } from './calendar.ts';
import { moveDate, toIso, toMs } from './duration.ts';
import { dayMs, instantOf, wallClock } from './zone.ts';

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 02:00');

const weekday = (shownDay: number) => weekdays[(Math.floor(shownDay / dayMs) + 3) % 7]!; // 1 January 1970 was a Thursday

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

/** hours of days of the week, on the customer's own clock: to the next day when `to` is the earlier one */
export const WeeklyWindow = z.strictObject({
  days: z.array(z.enum(weekdays)).min(1).max(7),
  from: timeOfDay,
  to: z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day such as 17:00, 24:00 at most'),
});
export type WeeklyWindow = z.output<typeof WeeklyWindow>;

const lengthOf = ({ from, to }: QuietHours) => (minutes(to) - minutes(from) + 1440) % 1440 || 1440;

/** when the next of the windows opens; null while one is open */
export function opensAt(windows: readonly WeeklyWindow[], nowIso: string, timeZone: string): string | null {
  const now = toMs(nowIso);
  const today = Math.floor(wallClock(timeZone, now) / dayMs) * dayMs;
  const openings = Array.from({ length: 10 }, (_, nth) => today + (nth - 1) * dayMs).flatMap(day =>
    windows
      .filter(({ days }) => days.includes(weekday(day)))
      .map(window => {
        const begins = day + minutes(window.from) * 60_000;
        return {
          opens: instantOf(timeZone, begins),
          closes: instantOf(timeZone, begins + lengthOf(window) * 60_000),
        };
      })
      .filter(({ opens, closes }) => now < closes && opens < closes),
  );
  if (openings.some(({ opens }) => opens <= now)) return null;
  return toIso(Math.min(...openings.map(({ opens }) => opens)));
}

/** whether some minute of a week is in a window and not in the quiet hours */
export const leavesTime = (windows: readonly WeeklyWindow[], quiet: QuietHours): boolean =>
  windows.some(window => {
    const [begins, quietFrom] = [minutes(window.from), minutes(quiet.from)];
    const into = (begins - quietFrom + 1440) % 1440;
    const quietLasts = lengthOf(quiet);
    return into >= quietLasts || into + lengthOf(window) > quietLasts;
  });
