import * as z from 'zod';
import { importScheduleDue } from '../../events/import.ts';
import { on, page, paging, route, work } from '../shared/http/contract.ts';
import { Import, ImportFields } from './import.ts';
import { scheduleRoutes } from './schedules/schedule-routes.ts';

export const about = 'Filling the customer record from files.';

export const uses = ['files' as const];

const example = {
  source: 'sales list',
  format: 'csv',
  mapping: { cust_no: 'externalId', first_name: 'givenName', last_name: 'familyName', mail: 'email' },
  country: 'SG',
};

const Suggestion = z.object({
  column: z.string(),
  path: z.string(),
  confidence: z.number(),
  reason: z.string(),
});

const Preview = z.object({
  encoding: z.string(),
  delimiter: z.string().nullable(),
  columns: z.array(z.string()),
  suggestions: z.array(Suggestion),
  rows: z.array(
    z.object({
      line: z.int(),
      profile: z
        .record(z.string(), z.unknown())
        .describe('of files of orders, leads and opportunities: what is read by path'),
      errors: z.array(
        z.object({ line: z.int(), column: z.string().nullable(), value: z.unknown(), message: z.string() }),
      ),
    }),
  ),
});

const fileFaults = [
  'import.no-file',
  'import.empty',
  'import.no-columns',
  'import.column-twice',
  'import.line-ends',
  'import.not-text',
  'import.too-large',
];

export const routes = {
  createImport: route('POST /v1/imports', {
    summary: 'Begin an import: PUT the file to `uploadUrl`, then start it',
    scope: 'customers.write',
    body: ImportFields,
    reply: Import.extend({ uploadUrl: z.string().describe('where the file is PUT, good for an hour') }),
    status: 201,
    location: ({ id }) => `/v1/imports/${id}`,
    example,
  }),
  listImports: route('GET /v1/imports', {
    summary: 'List imports, latest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Import),
  }),
  readImport: route('GET /v1/imports/{id}', {
    summary: 'How far an import is, what it did, and what was wrong',
    scope: 'customers.read',
    reply: Import,
  }),
  previewImport: route('GET /v1/imports/{id}/preview', {
    summary: 'What the file is like, where its columns probably lead, and its first rows as they would be read',
    scope: 'customers.read',
    reply: Preview,
    errors: fileFaults,
  }),
  startImport: route('POST /v1/imports/{id}/start', {
    summary: 'Bring the rows of the uploaded file in',
    scope: 'customers.write',
    reply: Import,
    errors: ['import.started', ...fileFaults],
  }),
  ...scheduleRoutes,
};

export const subscriptions = {
  runSchedule: on([importScheduleDue], 'imports a file that is imported again and again, where it is another by now', [
    'files',
  ]),
};

export const works = {
  import: work('imports a file', ['files']),
};
