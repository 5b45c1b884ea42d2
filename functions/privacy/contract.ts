import * as z from 'zod';
import { customerErasureDue } from '../../events/retention.ts';
import { on, route, work } from '../shared/http/contract.ts';
import { Job } from '../shared/jobs/job.ts';
import { erasureRoutes } from './erasure/erasure-routes.ts';
import { retentionRoutes } from './retention-routes.ts';

export const about = 'What a customer agreed to, what is kept of it and why, and how it is forgotten.';

export const uses = ['files' as const];

export const routes = {
  exportCustomer: route('GET /v1/customers/{id}/export', {
    summary:
      'Everything that is held of a customer, as NDJSON: what it may ask for by law. A large one answers 303 with a link that is good for an hour',
    scope: 'customers.read',
    reply: z.string(),
    produces: 'application/x-ndjson',
    errors: ['attribute.confidential', 'merge.under-way'],
  }),
  reportPurposes: route('POST /v1/purposes/report', {
    summary:
      'Look through all customers for attributes and event types that no purpose is registered for; the job’s result names them',
    scope: 'settings.read',
    reply: Job.pick({ id: true, kind: true, state: true, version: true, createdAt: true, updatedAt: true }),
    status: 202,
  }),
  ...retentionRoutes,
  ...erasureRoutes,
};

export const subscriptions = {
  eraseInactive: on(
    [customerErasureDue],
    'erases a customer of whom nothing was heard for long and whom nobody kept, where the company wants that',
  ),
};

export const works = {
  erase: work('erases a customer', ['files']),
  'purpose-report': work('reports on purposes'),
  retention: work('discards what is older than its retention period', ['files']),
  'retention-nights': work('starts retention each night'),
};
