import { moveDate, toIso, toMs } from '../../shared/time/duration.ts';
import { dayMs, instantOf, wallClock } from '../../shared/time/zone.ts';
import type { HygieneSettings } from './rules.ts';

/** the next instant at which clocks in the zone show a time of day */
export const nextRun = (now: string, { at, timeZone }: Pick<HygieneSettings, 'at' | 'timeZone'>): string => {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const shown = wallClock(timeZone, toMs(now));
  const today = shown - (shown % dayMs) + (hours * 60 + minutes) * 60_000;
  const next = instantOf(timeZone, today);
  return toIso(next > toMs(now) ? next : instantOf(timeZone, moveDate(today, { months: 0, days: 1 })));
};
