import type { Calendar } from '../shared/time/calendar.ts';
import { toIso, toMs } from '../shared/time/duration.ts';
import { type Span, spansFrom } from '../shared/time/open-spans.ts';

const minute = 60_000;

/** someone who can be booked: open hours (all of which must be open; none: always), and what is taken */
export type Bookable = { staffId: string; calendars: Calendar[]; taken: { from: string; to: string }[] };

type Length = {
  durationMinutes: number;
  everyMinutes?: number | undefined;
  bufferMinutes: { before: number; after: number };
};

export type Slot = { startsAt: string; endsAt: string; staff: string[] };

const openIn = function* (calendars: Calendar[], from: number, to: number): Generator<Span> {
  const [first, ...others] = calendars;
  if (!first) return yield [from, to];
  for (const [start, end] of spansFrom(first, from)) {
    if (start >= to) return;
    yield* openIn(others, start, Math.min(end, to));
  }
};

/** Whether it is open, and whether nothing is taken, from an instant for the length and its buffers. */
export const fits = ({ calendars, taken }: Omit<Bookable, 'staffId'>, length: Length, startsAt: string) => {
  const [from, to] = timesOf(length, startsAt);
  const open = [...openIn(calendars, from, to)];
  const isOpen = open.length > 0 && open[0]![0] === from && joined(open) === to;
  return { isOpen, isFree: isOpen && isFree(taken, length, from) };
};

/** the end of spans that follow each other without a gap */
const joined = (spans: Span[]) => spans.reduce((end, [from, to]) => (from === end ? to : end), spans[0]![0]);

const timesOf = ({ durationMinutes }: Length, startsAt: string): Span => {
  const from = toMs(startsAt);
  return [from, from + durationMinutes * minute];
};

const isFree = (taken: Bookable['taken'], { durationMinutes, bufferMinutes }: Length, start: number) => {
  const from = start - bufferMinutes.before * minute;
  const to = start + (durationMinutes + bufferMinutes.after) * minute;
  return !taken.some(one => toMs(one.from) < to && toMs(one.to) > from);
};

/** what a booking takes of an agenda: its time and its buffers */
export const takes = (id: string, { durationMinutes, bufferMinutes }: Length, startsAt: string) => {
  const start = toMs(startsAt);
  const from = toIso(start - bufferMinutes.before * minute);
  return { id, from, to: toIso(start + (durationMinutes + bufferMinutes.after) * minute) };
};

/**
 * The slots that begin from one instant to another (exclusive), the first `most` in order, each with who is free then: the one
 * with the least taken time first. They begin at steps from the opening of each span of hours.
 */
export const freeSlots = (bookable: Bookable[], length: Length, [from, to]: [string, string], most: number): Slot[] => {
  const step = (length.everyMinutes ?? length.durationMinutes) * minute;
  const long = length.durationMinutes * minute;
  const found = new Map<number, string[]>();
  for (const { staffId, calendars, taken } of [...bookable].sort((a, b) => load(a) - load(b))) {
    let own = 0;
    // steps count from the opening, also where the search begins later
    for (const [open, end] of openIn(calendars, toMs(from) - longestSpan, toMs(to) + long)) {
      const begins = calendars.length ? open : Math.ceil(toMs(from) / step) * step;
      for (let at = begins; at + long <= end && at < toMs(to) && own < most; at += step) {
        if (at < toMs(from) || !isFree(taken, length, at)) continue;
        found.set(at, [...(found.get(at) ?? []), staffId]);
        own++;
      }
    }
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .slice(0, most)
    .map(([at, staff]) => ({ startsAt: toIso(at), endsAt: toIso(at + long), staff }));
};

/** hours that began longer ago do not set the steps */
const longestSpan = 24 * 60 * minute;

const load = ({ taken }: Bookable) => taken.reduce((sum, { from, to }) => sum + toMs(to) - toMs(from), 0);
