import { parseDuration, plus, toIso, toMs } from '../../shared/time/duration.ts';
import { dayMs, instantOf, wallClock } from '../../shared/time/zone.ts';

/** When something is done again and again: `every` duration from `first` on, on the clocks of a zone. */
export type Times = { every: string; at?: string | undefined; timeZone: string };

/** a duration so many times over */
const times = (every: string, count: number) => {
  const { years, months, weeks, days, ms } = parseDuration(every);
  const [Y, M, W, D] = [years, months, weeks, days].map(part => part * count);
  return `P${Y}Y${M}M${W}W${D}DT${(ms * count) / 1000}S`;
};

/** the first time: when clocks next show the time of day, else one duration from now */
export const firstTime = (now: string, { every, at, timeZone }: Times): string => {
  if (at === undefined) return plus(now, every, timeZone);
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const day = Math.floor(wallClock(timeZone, toMs(now)) / dayMs) * dayMs;
  const shown = (hours * 60 + minutes) * 60_000;
  const today = instantOf(timeZone, day + shown);
  return toIso(today > toMs(now) ? today : instantOf(timeZone, day + dayMs + shown));
};

/** The first time after `now` of those that are counted from `first`: what was missed does not pile up. */
export const nextTime = (now: string, first: string, { every, timeZone }: Times): string => {
  const nth = (count: number) => plus(first, times(every, count), timeZone);
  const length = toMs(nth(1)) - toMs(first);
  let count = Math.max(0, Math.floor((toMs(now) - toMs(first)) / length) - 1);
  while (toMs(nth(count)) <= toMs(now)) count++;
  return nth(count);
};
