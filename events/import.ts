import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';

const origin = { of: z.string().default('customers'), source: z.string(), format: z.string(), dryRun: z.boolean() };
const rows = z.record(z.string(), z.int());

const example = { of: 'customers', source: 'sales list', format: 'csv', dryRun: false };

export const importCreated = event('customers', 'import.created', byStaff, {
  summary: 'an import of customers, orders, leads or opportunities from a file was created',
  data: () => z.object(origin),
  example,
});

export const importStarted = event('customers', 'import.started', byStaff, {
  summary: 'the import of a file’s rows started',
  data: () => z.object({ ...origin, bytes: z.int() }),
  example: { ...example, bytes: 1_048_576 },
});

export const importFinished = event('customers', 'import.finished', bySystem, {
  summary: 'all rows of a file were imported; the import lists the errors',
  data: () => z.object({ ...origin, rows }),
  example: { ...example, rows: { read: 1200, created: 1180, failed: 20 } },
});

export const importFailed = event('customers', 'import.failed', bySystem, {
  summary: 'an import failed; rows that were imported before stay',
  data: () => z.object({ ...origin, rows, problem: z.string() }),
  example: { ...example, rows: { read: 400, created: 400 }, problem: 'the file was replaced while it was read' },
});

const schedule = { name: z.string(), source: z.string(), every: z.string() };
const scheduleExample = { name: 'Dealers, nightly', source: 'dealer list', every: 'P1D' };

export const importScheduleCreated = event('customers', 'import-schedule.created', byStaff, {
  summary: 'an import schedule was created',
  data: () => z.object(schedule),
  example: scheduleExample,
});

export const importScheduleChanged = event('customers', 'import-schedule.changed', byStaff, {
  summary: 'an import schedule was updated, paused or resumed',
  data: () => z.object({ ...schedule, state: z.enum(['active', 'paused']) }),
  example: { ...scheduleExample, state: 'paused' },
});

export const importScheduleRemoved = event('customers', 'import-schedule.removed', byStaff, {
  summary: 'an import schedule was deleted; records that it imported stay',
  data: () => z.object(schedule),
  example: scheduleExample,
});

export const importScheduleDue = event('customers', 'import-schedule.due', bySystem, {
  summary: 'an import schedule is due; the schedule says whether it still is',
  data: () => z.object({ at: z.iso.datetime() }),
  example: { at: '2026-11-23T18:00:00.000Z' },
});

export const importScheduleRan = event('customers', 'import-schedule.ran', bySystem, {
  summary: 'an import schedule ran, with its outcome: an import, or why there was none',
  data: () => z.object({ name: z.string(), outcome: z.string(), importId: z.string().optional() }),
  example: { name: scheduleExample.name, outcome: 'imported', importId: 'imp_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});
