import { runJobs } from '../shared/jobs/run-jobs.ts';
import { works } from './contract.ts';
import { exportWork } from './export-work.ts';

export const reaction = runJobs('exports', works, { export: exportWork });
