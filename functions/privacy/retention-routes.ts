import * as z from 'zod';
import { RetentionRules, RetentionSettings } from '../customers/retention-settings.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Job } from '../shared/jobs/job.ts';
import { InactiveCustomer } from './inactive-customer.ts';

const Run = Job.pick({ id: true, state: true, counts: true, version: true, createdAt: true, updatedAt: true }).extend({
  dryRun: z.boolean(),
});

export const retentionRoutes = {
  readRetention: route('GET /v1/settings/retention', {
    summary: 'Read how long what is known of customers is kept',
    scope: 'settings.read',
    reply: RetentionSettings,
  }),
  putRetention: route('PUT /v1/settings/retention', {
    summary:
      'Set how long what is known of customers is kept: discarded nightly, what is tracked from now on by itself',
    scope: 'settings.admin',
    body: RetentionRules,
    reply: RetentionSettings,
    example: {
      tracked: 'P13M',
      messages: 'P3Y',
      decisions: 'P1Y',
      cases: 'P5Y',
      inactiveCustomers: { after: 'P3Y', then: 'review' },
    },
  }),
  runRetention: route('POST /v1/retention/run', {
    summary: 'Discard now what is older than it may be, or count what would be',
    scope: 'settings.admin',
    body: z.strictObject({ dryRun: z.boolean().default(false) }),
    reply: Run,
    status: 202,
    errors: ['retention.not-set'],
    example: { dryRun: true },
  }),
  readRetentionRun: route('GET /v1/retention/runs/{id}', {
    summary:
      'Read how far a run is, and what it discarded or would; messages and cases are counted as they are gone through',
    scope: 'settings.read',
    reply: Run,
  }),
  listInactive: route('GET /v1/retention/inactive', {
    summary: 'Customers of whom nothing was heard for long, latest found first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(InactiveCustomer),
  }),
  keepInactive: route('POST /v1/retention/inactive/{customerId}/keep', {
    summary: 'Keep a customer of whom nothing was heard for long: counts as being heard of',
    scope: 'customers.write',
    reply: InactiveCustomer,
  }),
};
