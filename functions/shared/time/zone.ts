// A wall clock is a number too: the milliseconds UTC would have if its clocks showed that date and time.

export const dayMs = 86_400_000;

/** what an IANA zone adds to UTC at an instant, in milliseconds; throws RangeError for an unknown zone */
export function offsetAt(timeZone: string, instant: number): number {
  // also of years before 100, which Intl and Date.UTC treat differently
  if (timeZone === 'UTC') return 0;
  const { first, changesAt, then } = offsetsOf(timeZone, Math.floor(instant / dayMs));
  return instant < changesAt ? first : then;
}

export const wallClock = (timeZone: string, instant: number) => instant + offsetAt(timeZone, instant);

/** when clocks in the zone show this: for the first time if they show it twice, the instant of the jump if they skip it */
export function instantOf(timeZone: string, shown: number): number {
  const before = offsetAt(timeZone, shown - dayMs);
  const after = offsetAt(timeZone, shown + dayMs);
  const early = shown - Math.max(before, after);
  const late = shown - Math.min(before, after);
  if (wallClock(timeZone, early) === shown) return early;
  return wallClock(timeZone, late) === shown ? late : changeBetween(timeZone, early, late);
}

export function isTimeZone(name: string): boolean {
  try {
    return Boolean(formatOf(name));
  } catch {
    return false;
  }
}

/** within one UTC day no zone changes its clocks twice */
type Offsets = { first: number; changesAt: number; then: number };

const mostDays = 20_000; // cached per zone: 54 years
const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, Map<number, Offsets>>();

function offsetsOf(timeZone: string, day: number): Offsets {
  const days = known.get(timeZone) ?? new Map<number, Offsets>();
  const held = days.get(day);
  if (held) return held;
  const [start, end] = [day * dayMs, (day + 1) * dayMs];
  const first = read(timeZone, start);
  const then = read(timeZone, end);
  const offsets = { first, changesAt: first === then ? end : changeBetween(timeZone, start, end), then };
  if (days.size >= mostDays) days.clear();
  known.set(timeZone, days.set(day, offsets));
  return offsets;
}

/** the first instant that no longer has the offset of the start; zones change on whole seconds */
function changeBetween(timeZone: string, start: number, end: number): number {
  const before = read(timeZone, start);
  let [same, changed] = [Math.floor(start / 1000), Math.ceil(end / 1000)];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (read(timeZone, middle * 1000) === before) same = middle;
    else changed = middle;
  }
  return changed * 1000;
}

function read(timeZone: string, instant: number): number {
  const parts = formatOf(timeZone).formatToParts(instant);
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(type =>
    Number(parts.find(part => part.type === type)?.value),
  ) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const held = formats.get(timeZone);
  if (held) return held;
  const numeric = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...numeric });
  formats.set(timeZone, format);
  return format;
}
