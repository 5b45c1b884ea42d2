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
    summary: 'Create a schedule: import a file at regular times, whenever it has changed',
    scope: 'imports.write',
    body: ScheduleFields,
    reply: Schedule.extend({ uploadUrl: z.string().describe('where the file is PUT, valid for an hour') }),
    status: 201,
    location: ({ id }) => `/v1/import-schedules/${id}`,
    example,
  }),
  listImportSchedules: route('GET /v1/import-schedules', {
    summary: 'List import schedules, latest first',
    scope: 'imports.read',
    query: z.strictObject(paging),
    reply: page(Schedule),
  }),
  readImportSchedule: route('GET /v1/import-schedules/{id}', {
    summary: 'Read an import schedule: when the file is imported next, and the outcome of the last time',
    scope: 'imports.read',
    reply: Schedule,
  }),
  changeImportSchedule: route('PATCH /v1/import-schedules/{id}', {
    summary: 'Update or pause an import schedule (JSON Merge Patch; `import` is replaced as a whole)',
    scope: 'imports.write',
    body: SchedulePatch,
    reply: Schedule,
    example: { state: 'paused' },
  }),
  removeImportSchedule: route('DELETE /v1/import-schedules/{id}', {
    summary: 'Delete an import schedule. Records that it imported stay',
    scope: 'imports.write',
    reply: Schedule,
  }),
  uploadForSchedule: route('POST /v1/import-schedules/{id}/upload', {
    summary: 'Get a new link to upload the file that is imported next; valid for an hour',
    scope: 'imports.write',
    reply: z.object({ uploadUrl: z.string() }),
  }),
  runImportSchedule: route('POST /v1/import-schedules/{id}/run', {
    summary: 'Import the file now, if it has changed',
    scope: 'imports.write',
    reply: Schedule,
  }),
};
