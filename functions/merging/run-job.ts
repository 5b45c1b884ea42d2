import { runJobs } from '../shared/jobs/run-jobs.ts';
import { works } from './contract.ts';
import { moveWork } from './move-job.ts';

export const reaction = runJobs('merging', works, { merge: moveWork('merge'), unmerge: moveWork('unmerge') });
