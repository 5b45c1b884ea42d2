import { type Calendar, timesOf, windowsOn } from './calendar.ts';
import { dayMs, instantOf, offsetAt, wallClock } from './zone.ts';

/** from, to (milliseconds): open at the first instant, closed at the second */
export type Span = [from: number, to: number];

export const horizon = 3653 * dayMs;

export const dayOf = ({ timeZone }: Calendar, at: number) => Math.floor(wallClock(timeZone, at) / dayMs) * dayMs;

/** open spans from an instant on, the first one cut to begin at it; they end after a decade */
export function* spansFrom(calendar: Calendar, at: number): Generator<Span> {
  const first = dayOf(calendar, at) - dayMs; // whose last window may end today
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
  const open = windows(day)
    .map(timesOf)
    .filter(([from, to]) => to > from)
    .map(([from, to]): Span => spanOf(calendar.timeZone, day + from, day + to))
    .filter(([from, to]) => from < to);
  if (spans.size >= mostSpans) spans.clear();
  spans.set(day, open);
  return open;
}

/** A window that begins in skipped time begins after the jump; one that is no longer than the jump is left out with it. */
const spanOf = (timeZone: string, shownFrom: number, shownTo: number): Span => {
  const [from, to] = [instantOf(timeZone, shownFrom), instantOf(timeZone, shownTo)];
  const jump = offsetAt(timeZone, from) - offsetAt(timeZone, from - 1);
  const isSkipped = wallClock(timeZone, from) !== shownFrom && shownTo - shownFrom <= jump;
  return isSkipped ? [from, from] : [from, to];
};

/** open spans from just before an instant, those that touch as one; the one at the end of the decade is left out */
export function* wholeSpans(calendar: Calendar, at: number): Generator<Span> {
  let held: Span | undefined;
  for (const [from, to] of spansFrom(calendar, at - 1)) {
    if (held && held[1] === from) held = [held[0], to];
    else {
      if (held) yield held;
      held = [from, to];
    }
  }
}

type Plan = { windows: ReturnType<typeof windowsOn>; spans: Map<number, Span[]> };

const mostSpans = 5000;
const plans = new WeakMap<Calendar, Plan>();

function planOf(calendar: Calendar): Plan {
  const held = plans.get(calendar);
  if (held) return held;
  const plan = { windows: windowsOn(calendar), spans: new Map() };
  plans.set(calendar, plan);
  return plan;
}
