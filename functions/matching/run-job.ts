import { runJobs } from '../shared/jobs/run-jobs.ts';
import { works } from './contract.ts';
import { searchWork } from './search-work.ts';

export const reaction = runJobs('matching', works, { 'find-duplicates': searchWork });
