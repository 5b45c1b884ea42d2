import type { Calendar } from './calendar.ts';
import { moveDate, parseDuration, toIso, toMs } from './duration.ts';
import { dayOf, horizon, type Span, spansFrom, spansOn, spansUntil, wholeSpans } from './open-spans.ts';
import { dayMs, instantOf, wallClock } from './zone.ts';

// A window that spans a change of the clocks has its true length: an agreement on 4 hours is on 4 hours that pass.

/** whether the business is open at an instant; at the instant of closing it is not */
export const isOpen = (calendar: Calendar, at: string) => opening(calendar, toMs(at)) === toMs(at);

/** the first instant, from this one on, at which the business is open: this one if it is */
export const nextOpening = (calendar: Calendar, at: string) => toIso(opening(calendar, toMs(at)));

/** when a business opens and closes next, after this instant; null for what does not happen within ten years */
export function nextTurns(calendar: Calendar, at: string): { nextOpen: string | null; nextClose: string | null } {
  const now = toMs(at);
  let [opens, closes]: (number | undefined)[] = [];
  for (const [from, to] of wholeSpans(calendar, now)) {
    if (from > now) opens ??= from;
    if (to > now) closes ??= to;
    if (opens !== undefined && closes !== undefined) break;
  }
  const shown = (time: number | undefined) => (time === undefined ? null : toIso(time));
  return { nextOpen: shown(opens), nextClose: shown(closes) };
}

export type Pause = [from: string, to: string];

/** pauses in order, those that overlap as one */
const joined = (pauses: readonly Pause[]) =>
  pauses
    .map(([from, to]): Span => [toMs(from), toMs(to)])
    .sort((a, b) => a[0] - b[0])
    .reduce<Span[]>((all, [from, to]) => {
      const last = all.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else all.push([from, to]);
      return all;
    }, []);

/** `addBusinessTime` ahead, where no time passes in pauses */
export function addUnpaused(calendar: Calendar, from: string, time: string | number, pauses: readonly Pause[]): string {
  const due = addBusinessTime(calendar, from, time);
  let left = businessTimeBetween(calendar, from, due);
  let start = from;
  for (const [begins, ends] of joined(pauses)) {
    if (ends <= toMs(start)) continue;
    const passed = begins > toMs(start) ? businessTimeBetween(calendar, start, toIso(begins)) : 0;
    if (left && left <= passed) break;
    left -= passed;
    start = toIso(ends);
  }
  return addBusinessTime(calendar, start, left);
}

/** `businessTimeBetween` without the time in pauses */
export function unpausedBetween(calendar: Calendar, a: string, b: string, pauses: readonly Pause[]): number {
  if (toMs(b) < toMs(a)) return -unpausedBetween(calendar, b, a, pauses);
  const within = joined(pauses)
    .map(([from, to]): Span => [Math.max(from, toMs(a)), Math.min(to, toMs(b))])
    .filter(([from, to]) => from < to);
  const paused = within.map(([from, to]) => businessTimeBetween(calendar, toIso(from), toIso(to)));
  return paused.reduce((open, one) => open - one, businessTimeBetween(calendar, a, b));
}

/**
 * The instant after so much business time, UTC. Given milliseconds, or a duration: its hours, minutes and seconds are
 * open time, its days are days of business, its weeks, months and years move the date. Negative ones go back in time.
 * Throws RangeError for what is no instant or no duration.
 */
export function addBusinessTime(calendar: Calendar, from: string, time: string | number): string {
  const start = toMs(from);
  if (typeof time === 'number') return toIso(pass(calendar, start, time, time < 0));
  const { years, months, weeks, days, ms } = parseDuration(time);
  const back = time.startsWith('-');
  const moved =
    years || months || weeks ? onDate(calendar, start, { months: years * 12 + months, days: weeks * 7 }) : start;
  const then = onBusinessDay(calendar, back ? closing(calendar, moved) : opening(calendar, moved), days);
  return toIso(pass(calendar, then, ms, back));
}

/** the open milliseconds between two instants; negative when the second is the earlier one */
export function businessTimeBetween(calendar: Calendar, a: string, b: string): number {
  const [start, end] = [toMs(a), toMs(b)];
  if (end < start) return -businessTimeBetween(calendar, b, a);
  let open = 0;
  for (let day = dayOf(calendar, start) - dayMs; day <= dayOf(calendar, end); day += dayMs) {
    for (const [from, to] of spansOn(calendar, day)) open += Math.max(0, Math.min(to, end) - Math.max(from, start));
  }
  return open;
}

function opening(calendar: Calendar, at: number): number {
  for (const [from] of spansFrom(calendar, at)) return from;
  throw neverOpen();
}

function closing(calendar: Calendar, at: number): number {
  for (const [, to] of spansUntil(calendar, at)) return to;
  throw neverOpen();
}

/** lets open time pass, or takes it back; none leads to the opening, or back to the closing */
function pass(calendar: Calendar, start: number, time: number, back: boolean): number {
  let left = Math.abs(time);
  for (const [from, to] of back ? spansUntil(calendar, start) : spansFrom(calendar, start)) {
    if (left <= to - from) return back ? to - left : from + left;
    left -= to - from;
  }
  throw neverOpen();
}

function onDate({ timeZone }: Calendar, at: number, by: { months: number; days: number }): number {
  return instantOf(timeZone, moveDate(wallClock(timeZone, at), by));
}

function onBusinessDay(calendar: Calendar, at: number, days: number): number {
  const step = Math.sign(days) * dayMs;
  const shown = dayOf(calendar, at);
  const isIn = (day: number) => spansOn(calendar, day).some(([from, to]) => from <= at && at <= to);
  const today = !isIn(shown) && isIn(shown - dayMs) ? shown - dayMs : shown; // in a window over midnight
  let [day, left] = [today, Math.abs(days)];
  while (left > 0) {
    day += step;
    if (Math.abs(day - today) > horizon) throw neverOpen();
    if (spansOn(calendar, day).length) left--;
  }
  return days ? instantOf(calendar.timeZone, wallClock(calendar.timeZone, at) - today + day) : at;
}

const neverOpen = () => new RangeError('the calendar is not open for that long in ten years');
