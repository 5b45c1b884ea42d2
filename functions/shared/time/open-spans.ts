import { type Calendar, weekdays } from './calendar.ts';
import { dayMs, instantOf, wallClock } from './zone.ts';

/** from, to (milliseconds): open at the first instant, closed at the second */
export type Span = [from: number, to: number];

export const horizon = 3653 * dayMs;

export const dayOf = ({ timeZone }: Calendar, at: number) => Math.floor(wallClock(timeZone, at) / dayMs) * dayMs;

/** open spans from an instant on, the first one cut to begin at it; they end after a decade */
export function* spansFrom(calendar: Calendar, at: number): Generator<Span> {
  const first = dayOf(calendar, at);
  for (let day = first; day <= first + horizon; day += dayMs) {
    for (const [from, to] of spansOn(calendar, day)) if (to > at) yield [Math.max(from, at), to];
  }
}

/** open spans back from an instant, the latest first, cut to end at it; they end after a decade */
export function* spansUntil(calendar: Calendar, at: number): Generator<Span> {
  const last = dayOf(calendar, at) + dayMs; // clocks set back over midnight show the day before again
  for (let day = last; day >= last - horizon; day -= dayMs) {
    for (const [from, to] of spansOn(calendar, day).toReversed()) if (from < at) yield [from, Math.min(to, at)];
  }
}

/** the open spans of a business day; hours that the clocks skip do not count */
export function spansOn(calendar: Calendar, day: number): Span[] {
  const { windows, spans } = planOf(calendar);
  const held = spans.get(day);
  if (held) return held;
  const instant = (time: number) => instantOf(calendar.timeZone, day + time);
  const open = windows(day)
    .map(([from, to]): Span => [instant(from), instant(to)])
    .filter(([from, to]) => from < to);
  if (spans.size >= mostSpans) spans.clear();
  spans.set(day, open);
  return open;
}

type Plan = { windows: (day: number) => Span[]; spans: Map<number, Span[]> };

const mostSpans = 5000;
const plans = new WeakMap<Calendar, Plan>();

function planOf(calendar: Calendar): Plan {
  const held = plans.get(calendar);
  if (held) return held;
  const week = weekdays.map(name => times(calendar.hours[name]));
  const special = new Map<number, Span[]>();
  for (const date of calendar.holidays ?? []) special.set(Date.parse(date), []);
  for (const [date, windows] of Object.entries(calendar.exceptions ?? {}))
    special.set(Date.parse(date), times(windows));
  // 1 January 1970 was a Thursday
  const windows = (day: number) => special.get(day) ?? week[(((day / dayMs + 3) % 7) + 7) % 7]!;
  const plan = { windows, spans: new Map() };
  plans.set(calendar, plan);
  return plan;
}

const times = (windows: [string, string][] = []) => windows.map(([from, to]): Span => [time(from), time(to)]);
const time = (text: string) => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * 60_000;
