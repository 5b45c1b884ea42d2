import { confidentialAttribute } from '../customers/errors.ts';
import { creates, lists, route, work } from '../shared/http/contract.ts';
import { exportNotFound } from './errors.ts';
import { Export, ExportFields } from './export.ts';

export const about = 'Copying everything stored for the company, as a backup or to restore it in another stack.';

export const uses = ['files' as const];

export const routes = {
  createExport: route('POST /v1/exports', {
    summary:
      'Copy everything stored for the company to one file of NDJSON; an import of the format `rapport` restores it',
    scope: 'settings.admin',
    body: ExportFields,
    reply: Export,
    ...creates('/v1/exports'),
    errors: [confidentialAttribute],
    example: { why: 'yearly backup' },
  }),
  listExports: route('GET /v1/exports', {
    summary: 'List exports, latest first; the files are available for a week',
    scope: 'settings.admin',
    ...lists(Export),
  }),
  readExport: route('GET /v1/exports/{id}', {
    summary: 'Read the progress of an export, and the link to its file',
    scope: 'settings.admin',
    reply: Export,
    errors: [exportNotFound, confidentialAttribute],
  }),
};

export const works = {
  export: work('copies everything stored for the company to a file', ['files', 'scan']),
};
