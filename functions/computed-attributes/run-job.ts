import { runJobs } from '../shared/jobs/run-jobs.ts';
import { computeWork, withdrawWork } from './compute-work.ts';
import { works } from './contract.ts';

export const reaction = runJobs('computed-attributes', works, {
  'compute-attributes': computeWork,
  'withdraw-attribute': withdrawWork,
});
