import * as z from 'zod';
import { scopeMissing } from '../shared/http/api-error.ts';
import { lists, route } from '../shared/http/contract.ts';
import { JobReport } from '../shared/jobs/job.ts';
import { jobFinished, jobNotCancellable } from './errors.ts';

export const about = 'Work that takes longer than a request: its state, its progress and its result.';

export const routes = {
  listJobs: route('GET /v1/jobs', {
    summary: 'List jobs, latest first',
    scope: 'customers.read',
    ...lists(JobReport, { kind: z.string().max(40).optional() }),
  }),
  readJob: route('GET /v1/jobs/{id}', {
    summary: 'Read a job: its state, its counts and its result',
    scope: 'customers.read',
    reply: JobReport,
  }),
  cancelJob: route('POST /v1/jobs/{id}/cancel', {
    summary: 'Cancel a job after its current slice; what it has done stays',
    scope: 'customers.read',
    reply: JobReport,
    errors: [jobFinished, jobNotCancellable, scopeMissing],
  }),
};
