import { serve } from '../shared/http/serve.ts';
import { cancelJob } from './cancel-job.ts';
import { routes } from './contract.ts';
import { listJobs } from './list-jobs.ts';
import { readJob } from './read-job.ts';

export const handler = serve(routes, { listJobs, readJob, cancelJob });
