import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { createImport } from './create-import.ts';
import { listImports } from './list-imports.ts';
import { previewImport } from './preview-import.ts';
import { readImport } from './read-import.ts';
import { changeImportSchedule } from './schedules/change-import-schedule.ts';
import { createImportSchedule } from './schedules/create-import-schedule.ts';
import { listImportSchedules } from './schedules/list-import-schedules.ts';
import { readImportSchedule } from './schedules/read-import-schedule.ts';
import { removeImportSchedule } from './schedules/remove-import-schedule.ts';
import { runImportSchedule } from './schedules/run-import-schedule.ts';
import { uploadForSchedule } from './schedules/upload-for-schedule.ts';
import { startImport } from './start-import.ts';

export const handler = serve(routes, {
  createImport,
  listImports,
  readImport,
  previewImport,
  startImport,
  createImportSchedule,
  listImportSchedules,
  readImportSchedule,
  changeImportSchedule,
  removeImportSchedule,
  uploadForSchedule,
  runImportSchedule,
});
