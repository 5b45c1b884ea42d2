import { toIso, toMs } from '../shared/time/duration.ts';
import { dayMs, instantOf, wallClock } from '../shared/time/zone.ts';

/** when few are awake */
const hour = 2;

/** the next instant at which it is two at night in a time zone */
export const nextNight = (now: string, timeZone = 'UTC'): string => {
  const today = Math.floor(wallClock(timeZone, toMs(now)) / dayMs) * dayMs;
  const nights = [0, 1, 2].map(days => instantOf(timeZone, today + days * dayMs + hour * 3_600_000));
  return toIso(nights.find(night => night > toMs(now)) ?? toMs(now) + dayMs);
};
