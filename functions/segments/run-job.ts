import { runJobs } from '../shared/jobs/run-jobs.ts';
import { buildWork, clearWork } from './build-work.ts';
import { works } from './contract.ts';

export const reaction = runJobs('segments', works, { 'build-segments': buildWork, 'clear-segments': clearWork });
