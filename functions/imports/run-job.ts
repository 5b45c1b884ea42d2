import { runJobs } from '../shared/jobs/run-jobs.ts';
import { works } from './contract.ts';
import { importWork } from './import-work.ts';
import { undoWork } from './undo/undo-import.ts';

export const reaction = runJobs('imports', works, { import: importWork, 'import-undo': undoWork });
