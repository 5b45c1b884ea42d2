import * as z from 'zod';
import { moveDate, toIso, toMs } from './duration.ts';
import { dayMs, instantOf, wallClock } from './zone.ts';

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 02:00');

export const nextTimeOfDay = (now: string, { at, timeZone }: { at: string; timeZone: string }): string => {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const day = Math.floor(wallClock(timeZone, toMs(now)) / dayMs) * dayMs;
  const shown = day + (hours * 60 + minutes) * 60_000;
  const today = instantOf(timeZone, shown);
  return toIso(today > toMs(now) ? today : instantOf(timeZone, moveDate(shown, { months: 0, days: 1 })));
};
