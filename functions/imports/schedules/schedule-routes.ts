import * as z from 'zod';
import { page, paging, route } from '../../shared/http/contract.ts';
import { Schedule, ScheduleFields, SchedulePatch } from './schedule.ts';

const example = {
  name: 'Dealers, nightly',
  import: { source: 'dealer list', format: 'csv', mapping: { no: 'externalId', mail: 'email' } },
  every: 'P1D',
  at: '02:00',
  timeZone: 'Asia/Singapore',
};

export const scheduleRoutes = {
  createImportSchedule: route('POST /v1/import-schedules', {
    summary: 'Import a file again and again: whenever it is time and the file is another than before',
    scope: 'customers.write',
    body: ScheduleFields,
    reply: Schedule.extend({ uploadUrl: z.string().describe('where the file is PUT, good for an hour') }),
    status: 201,
    location: ({ id }) => `/v1/import-schedules/${id}`,
    example,
  }),
  listImportSchedules: route('GET /v1/import-schedules', {
    summary: 'List what is imported again and again, latest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Schedule),
  }),
  readImportSchedule: route('GET /v1/import-schedules/{id}', {
    summary: 'When a file is imported next, and what came of it the last time',
    scope: 'customers.read',
    reply: Schedule,
  }),
  changeImportSchedule: route('PATCH /v1/import-schedules/{id}', {
    summary: 'Change when or how a file is imported, or pause it (JSON Merge Patch; `import` is replaced as a whole)',
    scope: 'customers.write',
    body: SchedulePatch,
    reply: Schedule,
    example: { state: 'paused' },
  }),
  removeImportSchedule: route('DELETE /v1/import-schedules/{id}', {
    summary: 'Import a file no longer; what came in from it stays',
    scope: 'customers.write',
    reply: Schedule,
  }),
  uploadForSchedule: route('POST /v1/import-schedules/{id}/upload', {
    summary: 'A new link to which the file is PUT that is imported the next time, good for an hour',
    scope: 'customers.write',
    reply: z.object({ uploadUrl: z.string() }),
  }),
  runImportSchedule: route('POST /v1/import-schedules/{id}/run', {
    summary: 'Import the file now, if it is another than before',
    scope: 'customers.write',
    reply: Schedule,
  }),
};
