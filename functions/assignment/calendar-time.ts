import * as z from 'zod';
import { invalid } from '../shared/http/api-error.ts';
import { Instant } from '../shared/http/contract.ts';
import { addUnpaused, isOpen, nextTurns, type Pause, unpausedBetween } from '../shared/time/business-time.ts';
import type { Calendar } from '../shared/time/calendar.ts';
import { Duration, toMs } from '../shared/time/duration.ts';

const At = z.iso.datetime({ offset: true, error: 'is not an instant such as 2026-02-28T09:30:00Z' });

const latest = '2200';

const Moment = At.refine(at => at.slice(0, 4) >= '1970' && at.slice(0, 4) < latest, 'must be from 1970 to 2199');

export const TimeQuestion = z.strictObject({
  at: Moment,
  add: Duration.describe(
    'Open time until something is due: hours and less are open time, days are days of business.',
  ).optional(),
  until: Moment.describe('The end of a time whose open seconds are counted; negative if it is before `at`.').optional(),
  pauses: z
    .array(z.tuple([Moment, Moment]).refine(([from, to]) => toMs(from) <= toMs(to), 'must end after it starts'))
    .max(1000)
    .default([]),
});

export const TimeAnswer = z.object({
  open: z.boolean(),
  nextOpen: Instant.nullable().describe('The next opening after `at`; null: none in ten years.'),
  nextClose: Instant.nullable(),
  due: Instant.optional(),
  seconds: z.number().optional(),
});

export const answerTime = (
  calendar: Calendar,
  { at, add, until, pauses }: z.output<typeof TimeQuestion>,
): z.output<typeof TimeAnswer> => ({
  open: isOpen(calendar, at),
  ...nextTurns(calendar, at),
  ...(add === undefined ? {} : { due: dueAfter(calendar, at, add, pauses) }),
  ...(until === undefined ? {} : { seconds: unpausedBetween(calendar, at, until, pauses) / 1000 }),
});

const dueAfter = (calendar: Calendar, at: string, add: string, pauses: Pause[]) => {
  try {
    return addUnpaused(calendar, at, add, pauses);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid([{ path: 'add', message: 'the calendar is not open for that long in ten years' }]);
  }
};
