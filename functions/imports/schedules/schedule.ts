import * as z from 'zod';
import { idOf } from '../../../events/ids.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Duration, parseDuration, plus, toMs } from '../../shared/time/duration.ts';
import { nextTimeOfDay, TimeOfDay } from '../../shared/time/time-of-day.ts';
import { isTimeZone } from '../../shared/time/zone.ts';
import { ImportFields } from '../import.ts';

const anHour = 3_600_000;
const someDay = '2026-01-01T00:00:00.000Z';

const isDuration = (every: string) => Duration.safeParse(every).success;
const isLongEnough = (every: string) => !isDuration(every) || toMs(plus(someDay, every)) - toMs(someDay) >= anHour;
const isOfDays = (every: string) => !isDuration(every) || parseDuration(every).ms === 0;

const Fields = z.strictObject({
  name: z.string().trim().min(1, 'is empty').max(100),
  import: ImportFields.omit({ dryRun: true })
    .extend({ format: z.enum(['csv', 'ndjson']) })
    .describe('as when an import is created'),
  every: Duration.refine(isLongEnough, 'is shorter than an hour').describe('ISO 8601 duration, PT1H at least'),
  at: TimeOfDay.optional().describe('time of day, where `every` is days, weeks or months; by default from now on'),
  timeZone: z.string().max(64).refine(isTimeZone, 'is not an IANA time zone').default('UTC'),
  state: z.enum(['active', 'paused']).default('active'),
});

export const ScheduleFields = Fields.refine(
  ({ every, at }) => at === undefined || isOfDays(every) || !isLongEnough(every),
  { path: ['at'], message: 'is a time of day, and `every` is not days, weeks or months' },
);
export type ScheduleFields = z.output<typeof ScheduleFields>;

const { name, import: imported, every, at, timeZone, state } = Fields.shape;

/** `import` is replaced as a whole; null removes the time of day */
export const SchedulePatch = z.strictObject({
  name: name.optional(),
  import: imported.optional(),
  every: every.optional(),
  at: at.unwrap().nullish(),
  timeZone: timeZone.unwrap().optional(),
  state: state.unwrap().optional(),
});

const LastRun = z.object({
  at: Instant,
  outcome: z
    .enum(['imported', 'failed', 'unchanged', 'no-file', 'running'])
    .describe(
      'imported, failed: see the import · unchanged: the file is the one that was imported last · no-file: none is uploaded · running: the import before it is not finished',
    ),
  importId: z.string().optional(),
  problem: z.string().optional(),
});
export type LastRun = z.output<typeof LastRun>;

export const Schedule = z.object({
  id: idOf('importSchedule'),
  ...Fields.shape,
  nextRunAt: Instant.nullable(),
  lastRun: LastRun.nullable(),
  by: z.string(),
  ...stamps,
});

const StoredSchedule = Schedule.extend({
  firstRunAt: Instant,
  last: z.object({ importId: z.string(), etag: z.string() }).optional(),
});
export type StoredSchedule = z.output<typeof StoredSchedule>;

export const schedules = entity('import-schedule', StoredSchedule, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
});

export const inboxPath = (id: string) => `import-schedules/${id}/inbox`;

type Times = { every: string; at?: string | undefined; timeZone: string };

/** the first time: when clocks next show the time of day, else one duration from now */
export const firstTime = (now: string, { every, at, timeZone }: Times): string =>
  at === undefined ? plus(now, every, timeZone) : nextTimeOfDay(now, { at, timeZone });

const times = (every: string, count: number) => {
  const { years, months, weeks, days, ms } = parseDuration(every);
  const [Y, M, W, D] = [years, months, weeks, days].map(part => part * count);
  return `P${Y}Y${M}M${W}W${D}DT${(ms * count) / 1000}S`;
};

/** no such duration is longer: with leap years, long months, and a clock that is put back each day */
const longest = (every: string) => {
  const { years, months, weeks, days, ms } = parseDuration(every);
  return (years * 366 + months * 31 + weeks * 7 + days) * 25 * anHour + ms;
};

/** the first time after `now`, counted from `first`: times that were missed are not made up for */
export const nextTime = (now: string, first: string, { every, timeZone }: Times): string => {
  const nth = (count: number) => plus(first, times(every, count), timeZone);
  let count = Math.max(0, Math.floor((toMs(now) - toMs(first)) / longest(every)) - 1);
  while (toMs(nth(count)) <= toMs(now)) count++;
  return nth(count);
};
