import { runJobs } from '../shared/jobs/run-jobs.ts';
import { fileAttributes } from './attributes/file-attributes.ts';
import { works } from './contract.ts';

export const handler = runJobs('customers', works, { 'file-attributes': fileAttributes });
