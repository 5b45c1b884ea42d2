import type { Job } from '../shared/jobs/job.ts';

/** where a job that builds goes on: all customers, then those that lists did not show yet */
export type At = { pass: 1 | 2; after: string | null };

/** whether a job has judged all customers once */
export const isBuilt = (job: Job | undefined) => job?.state !== 'running' || (job.cursor as At | null)?.pass === 2;
