import { runJobs } from '../shared/jobs/run-jobs.ts';
import { computeWork } from './compute-work.ts';
import { works } from './contract.ts';
import { withdrawWork } from './withdraw-work.ts';

export const handler = runJobs('computed-attributes', works, {
  'compute-attributes': computeWork,
  'withdraw-attribute': withdrawWork,
});
