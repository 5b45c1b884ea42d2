import * as z from 'zod';
import { isTimeZone } from './zone.ts';

const opens = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time such as 09:00', abort: true });
const closes = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: 'must be a time such as 17:00, 24:00 at most',
  abort: true,
});

const Window = z.tuple([opens, closes]).refine(([from, to]) => from < to, 'must close after it opens');
const Windows = z
  .array(Window)
  .max(12)
  .refine(
    windows => windows.every(([from], i) => i === 0 || windows[i - 1]![1] <= from),
    'must be in order and must not overlap',
  );

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * When a business is open, on its own clocks: windows per day of the week, holidays without any, exceptions with other
 * windows than their day of the week (an exception beats a holiday). Open overnight is two windows: to 24:00, from 00:00.
 */
export const Calendar = z
  .strictObject({
    timeZone: z.string().max(60).refine(isTimeZone, 'must be an IANA time zone such as Asia/Singapore'),
    hours: z.partialRecord(z.enum(weekdays), Windows),
    holidays: z.array(z.iso.date()).max(1000).default([]),
    exceptions: z.record(z.iso.date(), Windows).default({}),
  })
  .refine(({ hours }) => Object.values(hours).some(windows => windows.length > 0), {
    path: ['hours'],
    message: 'must open at least once a week',
  });
export type Calendar = z.input<typeof Calendar>;
