import * as z from 'zod';
import { jobContinued } from '../../events/job.ts';
import { on, page, paging, route } from '../shared/http/contract.ts';
import { JobReport } from '../shared/jobs/job.ts';

export const about = 'Work that is longer than a request: what runs, how far it is, what came of it.';

export const routes = {
  listJobs: route('GET /v1/jobs', {
    summary: 'List jobs, latest first',
    scope: 'customers.read',
    query: z.strictObject({ kind: z.string().max(40).optional(), ...paging }),
    reply: page(JobReport),
  }),
  readJob: route('GET /v1/jobs/{id}', {
    summary: 'Read a job: its state, its counts and what came of it',
    scope: 'customers.read',
    reply: JobReport,
  }),
  cancelJob: route('POST /v1/jobs/{id}/cancel', {
    summary: 'Stop a job after the slice that it is at; what it did stays',
    scope: 'customers.write',
    reply: JobReport,
    errors: ['job.finished'],
  }),
};

export const subscriptions = {
  runJob: on([jobContinued], 'does the next slice of a job', ['files', 'scan']),
};
