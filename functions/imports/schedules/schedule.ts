import * as z from 'zod';
import { idOf } from '../../../events/ids.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Duration, parseDuration, plus, toMs } from '../../shared/time/duration.ts';
import { isTimeZone } from '../../shared/time/zone.ts';
import { ImportFields } from '../import.ts';

const anHour = 3_600_000;
const someDay = '2026-01-01T00:00:00.000Z';

const isLongEnough = (every: string) => {
  try {
    return toMs(plus(someDay, every)) - toMs(someDay) >= anHour;
  } catch {
    return true; // no duration: told already
  }
};

const isOfDays = (every: string) => {
  try {
    return parseDuration(every).ms === 0;
  } catch {
    return true;
  }
};

const Fields = z.strictObject({
  name: z.string().trim().min(1, 'is empty').max(100),
  import: ImportFields.omit({ dryRun: true })
    .extend({ format: z.enum(['csv', 'ndjson']) })
    .describe('as when an import is begun'),
  every: Duration.refine(isLongEnough, 'is shorter than an hour').describe('ISO 8601 duration, PT1H at least'),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 02:00')
    .optional()
    .describe('time of day, where `every` is days, weeks or months; without it: from now on'),
  timeZone: z.string().max(64).refine(isTimeZone, 'is not an IANA time zone').default('UTC'),
  state: z.enum(['active', 'paused']).default('active'),
});

/** a time of day goes with whole days */
const fits = ({ every, at }: Pick<z.output<typeof Fields>, 'every' | 'at'>) =>
  at === undefined || isOfDays(every) || !isLongEnough(every);
const misfit = { path: ['at'], message: 'is a time of day, and `every` is not days, weeks or months' };

/** what somebody says of a file that is to be imported again and again */
export const ScheduleFields = Fields.refine(fits, misfit);
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

/**
 * imported: see the import · unchanged: the file is the one that was imported last · no-file: none was uploaded yet ·
 * running: the import before it is not over
 */
export const outcomes = ['imported', 'failed', 'unchanged', 'no-file', 'running'] as const;

const LastRun = z.object({
  at: Instant,
  outcome: z.enum(outcomes),
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

export const StoredSchedule = Schedule.extend({
  /** times are counted from it */
  firstRunAt: Instant,
  /** the last import, and the file that it is of */
  last: z.object({ importId: z.string(), etag: z.string() }).optional(),
});
export type StoredSchedule = z.output<typeof StoredSchedule>;

export const schedules = entity('import-schedule', StoredSchedule, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
});

/** where the file is put that is to be imported */
export const inboxPath = (id: string) => `import-schedules/${id}/inbox`;

/** what events say of a schedule */
export const saidOf = ({ name, import: { source }, every }: ScheduleFields) => ({ name, source, every });
