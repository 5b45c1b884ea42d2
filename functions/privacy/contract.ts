import * as z from 'zod';
import { customerErasureDue } from '../../events/retention.ts';
import { areasOfNouns } from '../customers/event-areas.ts';
import { mergeUnderWay } from '../merging/errors.ts';
import { on, route, type Scope, work } from '../shared/http/contract.ts';
import { Job } from '../shared/jobs/job.ts';
import { erasureRoutes } from './erasure/erasure-routes.ts';
import { tooManyExports } from './errors.ts';
import { linkKeyRoutes } from './link-key-routes.ts';
import { retentionRoutes } from './retention-routes.ts';

export const about = 'Export, retention and erasure of customer data, legal holds, and the report on purposes.';

export const uses = ['files' as const];

/** an export is complete or refused: of every area that has records of customers, confidential ones included */
const exported: Scope[] = [
  ...[...new Set(Object.values(areasOfNouns))].map((area): Scope => `${area}.read`),
  'customers.confidential',
  'documents.confidential',
  'messages.confidential',
];

export const routes = {
  exportCustomer: route('GET /v1/customers/{id}/export', {
    summary:
      'Export all stored data of a customer as NDJSON, as the law entitles it to. A large export replies 303 with a link that is valid for an hour',
    scope: 'privacy.read',
    also: exported,
    reply: z.string(),
    produces: 'application/x-ndjson',
    errors: [mergeUnderWay],
  }),
  exportMe: route('GET /v1/me/export', {
    summary:
      'Export the customer’s own data as NDJSON: what it gave, did, owns and was told, without the notes of staff. A large export replies 303 with a link',
    auth: 'customer',
    reply: z.string(),
    produces: 'application/x-ndjson',
    errors: [mergeUnderWay, tooManyExports],
  }),
  reportPurposes: route('POST /v1/purposes/report', {
    summary:
      'Find attributes and event types of customers that no purpose is registered for. The result of the job names them',
    scope: 'settings.read',
    reply: Job.pick({ id: true, kind: true, state: true, version: true, createdAt: true, updatedAt: true }),
    status: 202,
  }),
  ...retentionRoutes,
  ...erasureRoutes,
  ...linkKeyRoutes,
};

export const subscriptions = {
  eraseInactive: on([customerErasureDue], 'erases a customer that has been inactive for long and was not retained'),
};

export const works = {
  erase: work('erases a customer', ['files']),
  'purpose-report': work('reports on purposes'),
  retention: work('discards what is older than its retention period', ['files']),
  'retention-nights': work('starts retention each night'),
};
