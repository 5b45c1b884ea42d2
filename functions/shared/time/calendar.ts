import * as z from 'zod';
import { dayMs, isTimeZone } from './zone.ts';

const opens = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time such as 09:00', abort: true });
const closes = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: 'must be a time such as 17:00, 24:00 at most',
  abort: true,
});

const Window = z.tuple([opens, closes]).refine(([from, to]) => from !== to, 'must not close when it opens');
type Window = z.output<typeof Window>;

/** from and to, in milliseconds since the day began; what ends before it starts ends on the next day */
export const timesOf = ([from, to]: Window): [from: number, to: number] => {
  const [start, end] = [time(from), time(to)];
  return [start, end < start ? end + dayMs : end];
};

const time = (text: string) => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * 60_000;

const inOrder = (windows: Window[]) =>
  windows.every((window, i) => i === 0 || timesOf(windows[i - 1]!)[1] <= timesOf(window)[0]);

/** whether the last window of a day ends after the first of the next day starts */
const reachesInto = (day: Window[] = [], next: Window[] = []) =>
  day.length > 0 && next.length > 0 && timesOf(day.at(-1)!)[1] - dayMs > timesOf(next[0]!)[0];

const Windows = z.array(Window).max(12).refine(inOrder, 'must be in order and must not overlap');

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const YearlyDay = z
  .string()
  .refine(
    day => /^\d\d-\d\d$/.test(day) && z.iso.date().safeParse(`2024-${day}`).success,
    'must be a day such as 12-25',
  );

/**
 * When a business is open, on its own clocks: windows per day of the week, exceptions with other windows than their day of
 * the week, holidays without any (a holiday beats an exception). A window over midnight belongs to the day that it starts on.
 */
export const Calendar = z
  .strictObject({
    timeZone: z.string().max(60).refine(isTimeZone, 'must be an IANA time zone such as Asia/Singapore'),
    hours: z.partialRecord(z.enum(weekdays), Windows),
    holidays: z.array(z.iso.date()).max(1000).default([]),
    yearly: z.array(YearlyDay).max(366).describe('Holidays of every year.').default([]),
    exceptions: z
      .record(z.iso.date(), Windows)
      .refine(all => Object.keys(all).length <= 1000, 'must be 1000 at most')
      .default({}),
  })
  .refine(({ hours }) => Object.values(hours).some(windows => windows.length > 0), {
    path: ['hours'],
    message: 'must open at least once a week',
  })
  .superRefine((calendar, { addIssue }) => {
    for (const path of overlaps(calendar))
      addIssue({ code: 'custom', path, message: 'must not overlap with the windows of the next day' });
  });
export type Calendar = z.input<typeof Calendar>;

/** the windows of a date (milliseconds): of its weekday unless it is a holiday or an exception */
export const windowsOn = ({ hours, holidays = [], yearly = [], exceptions = {} }: Calendar) => {
  const closed = new Set([...holidays, ...yearly]);
  return (day: number): Window[] => {
    const date = new Date(day).toISOString().slice(0, 10);
    if (closed.has(date) || closed.has(date.slice(5))) return [];
    return exceptions[date] ?? hours[weekdays[(((day / dayMs + 3) % 7) + 7) % 7]!] ?? []; // 1 January 1970 was a Thursday
  };
};

const overlaps = (calendar: Calendar) => {
  const { hours, exceptions = {} } = calendar;
  const weekly = weekdays.filter((day, i) => reachesInto(hours[day], hours[weekdays[(i + 1) % 7]!]));
  const windows = windowsOn(calendar);
  const special = Object.keys(exceptions).filter(date => {
    const day = Date.parse(date);
    return [day - dayMs, day].some(one => reachesInto(windows(one), windows(one + dayMs)));
  });
  return [...weekly.map(day => ['hours', day]), ...special.map(date => ['exceptions', date])];
};
