import { runJobs } from '../shared/jobs/run-jobs.ts';
import { works } from './contract.ts';
import { hygieneWork } from './hygiene/hygiene-work.ts';
import { reportWork } from './report/report-work.ts';

export const reaction = runJobs('data-quality', works, { hygiene: hygieneWork, 'quality-report': reportWork });
