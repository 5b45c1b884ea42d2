import * as z from 'zod';
import { importScheduleDue } from '../../events/import.ts';
import { line } from '../shared/fields.ts';
import { on, page, paging, route, work } from '../shared/http/contract.ts';
import { fileErrors, importNotFound, importNotUndoable, importStartedAlready, importUndone } from './errors.ts';
import { Import, ImportFields } from './import.ts';
import { RowError } from './rows/parse-row.ts';
import { Suggestion } from './rows/suggest.ts';
import { scheduleRoutes } from './schedules/schedule-routes.ts';

export const about = 'Importing customers, orders, leads and opportunities from files.';

export const uses = ['files' as const];

const RowPreview = z.object({
  line: z.int(),
  profile: z.record(z.string(), z.unknown()).describe('of orders, leads and opportunities: their values by path'),
  errors: z.array(RowError),
});

const Preview = z.object({
  encoding: z.string(),
  delimiter: z.string().nullable(),
  columns: z.array(z.string()),
  unmapped: z.array(z.string()).describe('the columns that lead nowhere'),
  suggestions: z.array(Suggestion),
  rows: z.array(RowPreview),
});

export const importRoutes = {
  createImport: route('POST /v1/imports', {
    summary: 'Create an import: PUT the file to `uploadUrl`, then start it',
    scope: 'imports.write',
    body: ImportFields,
    reply: Import.extend({ uploadUrl: z.string().describe('where the file is PUT, valid for an hour') }),
    status: 201,
    location: ({ id }) => `/v1/imports/${id}`,
    example: {
      source: 'sales list',
      format: 'csv',
      mapping: { cust_no: 'externalId', first_name: 'givenName', last_name: 'familyName', mail: 'email' },
      country: 'SG',
    },
  }),
  listImports: route('GET /v1/imports', {
    summary: 'List imports, latest first',
    scope: 'imports.read',
    query: z.strictObject(paging),
    reply: page(Import),
  }),
  readImport: route('GET /v1/imports/{id}', {
    summary: 'Read the progress, the results and the errors of an import',
    scope: 'imports.read',
    reply: Import,
    errors: [importNotFound],
  }),
  previewImport: route('GET /v1/imports/{id}/preview', {
    summary: 'Preview a file: its columns, where they probably lead, and how its first rows are read',
    scope: 'imports.read',
    reply: Preview,
    errors: [importNotFound, ...fileErrors],
  }),
  startImport: route('POST /v1/imports/{id}/start', {
    summary: 'Import the rows of the uploaded file',
    scope: 'imports.write',
    reply: Import,
    errors: [importNotFound, importStartedAlready, ...fileErrors],
  }),
  undoImport: route('POST /v1/imports/{id}/undo', {
    summary:
      'Undo an import of customers, once, within 30 days: customers that it created are removed unless they were changed or used since, values that it changed go back unless they were changed since. See `undo` of the import',
    scope: 'imports.write',
    body: z.strictObject({ why: line(500) }),
    reply: Import,
    status: 202,
    errors: [importNotFound, importNotUndoable, importUndone],
    example: { why: 'the wrong file' },
  }),
};

export const routes = { ...importRoutes, ...scheduleRoutes };

export const subscriptions = {
  runSchedule: on([importScheduleDue], 'imports the file of a schedule, if it has changed', ['files']),
};

export const works = {
  import: work('imports a file', ['files']),
  'import-undo': work('undoes an import', ['files']),
};
