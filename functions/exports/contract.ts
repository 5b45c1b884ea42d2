import * as z from 'zod';
import { page, paging, route, work } from '../shared/http/contract.ts';
import { Export, ExportFields } from './export.ts';

export const about = 'Taking everything out, to keep it or to bring it into another stack.';

export const uses = ['files' as const];

export const routes = {
  createExport: route('POST /v1/exports', {
    summary:
      'Copy everything that is kept for the company to one file of NDJSON; an import of the format `rapport` takes it back',
    scope: 'settings.admin',
    body: ExportFields,
    reply: Export,
    status: 201,
    location: ({ id }) => `/v1/exports/${id}`,
    errors: ['attribute.confidential'],
    example: { why: 'yearly backup' },
  }),
  listExports: route('GET /v1/exports', {
    summary: 'List copies, latest first; a copy is kept for a week',
    scope: 'settings.admin',
    query: z.strictObject(paging),
    reply: page(Export),
  }),
  readExport: route('GET /v1/exports/{id}', {
    summary: 'How far a copy is, and where it is found',
    scope: 'settings.admin',
    reply: Export,
    errors: ['attribute.confidential'],
  }),
};

export const works = {
  export: work('copies all data of a tenant', ['files', 'scan']),
};
