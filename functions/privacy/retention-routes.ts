import * as z from 'zod';
import { RetentionRules, RetentionSettings } from '../customers/retention-settings.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Job } from '../shared/jobs/job.ts';
import { retentionNotSet, runNotFound } from './errors.ts';
import { InactiveCustomer } from './inactive-customer.ts';

const Run = Job.pick({ id: true, state: true, counts: true, version: true, createdAt: true, updatedAt: true }).extend({
  dryRun: z.boolean(),
});

export const retentionRoutes = {
  readRetention: route('GET /v1/settings/retention', {
    summary: 'Read the retention rules: how long data of customers is stored',
    scope: 'settings.read',
    reply: RetentionSettings,
  }),
  putRetention: route('PUT /v1/settings/retention', {
    summary: 'Set the retention rules. Older data is discarded each night; new behaviour expires by itself',
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
    summary: 'Discard data that is older than the rules allow now, or count it in a dry run',
    scope: 'settings.admin',
    body: z.strictObject({ dryRun: z.boolean().default(false) }),
    reply: Run,
    status: 202,
    errors: [retentionNotSet],
    example: { dryRun: true },
  }),
  readRetentionRun: route('GET /v1/retention/runs/{id}', {
    summary: 'Read the progress of a run and what it discarded; messages and cases are counted by their contexts',
    scope: 'settings.read',
    reply: Run,
    errors: [runNotFound],
  }),
  listInactive: route('GET /v1/retention/inactive', {
    summary: 'List inactive customers, latest found first',
    scope: 'privacy.read',
    query: z.strictObject(paging),
    reply: page(InactiveCustomer),
  }),
  retainInactive: route('POST /v1/retention/inactive/{customerId}/retain', {
    summary: 'Retain an inactive customer: counts as activity',
    scope: 'privacy.write',
    reply: InactiveCustomer,
  }),
};
