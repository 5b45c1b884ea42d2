import { runJobs } from '../shared/jobs/run-jobs.ts';
import { indexAttributes } from './attributes/index-attributes.ts';
import { works } from './contract.ts';

export const reaction = runJobs('customers', works, { 'index-attributes': indexAttributes });
