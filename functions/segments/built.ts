import type { Job } from '../shared/jobs/job.ts';
import { walkOf } from '../shared/jobs/walk.ts';

/** whether a job has judged all customers once */
export const isBuilt = (job: Job | undefined) => job?.state !== 'running' || walkOf(job).pass === 2;
