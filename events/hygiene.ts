import * as z from 'zod';
import { Channel } from './customer.ts';
import { byStaff, bySystem, event } from './define.ts';

export const IssueCause = z.enum(['stale', 'unverified', 'undeliverable', 'incomplete']);

/** outdated: the rule that found it no longer does */
export const IssueResolution = z.enum(['verified', 'changed', 'task', 'outdated']);

export const dataIssueStale = event('customers', 'data-issue.stale', bySystem, {
  summary: 'a hygiene rule found data of a customer that is to be verified',
  data: () => z.object({ rule: z.string(), attribute: z.string(), cause: IssueCause, why: z.string() }),
  example: {
    rule: 'contact-by-year',
    attribute: 'phone',
    cause: 'stale',
    why: 'last observed on 2025-03-02, longer ago than P365D',
  },
});

export const dataIssueUndeliverable = event('customers', 'data-issue.undeliverable', bySystem, {
  summary: 'a message could not be delivered to an address of a customer, permanently; `about` is the message',
  data: () => z.object({ attribute: z.string(), channel: Channel, why: z.string() }),
  example: { attribute: 'email', channel: 'email', why: 'smtp; 550 5.1.1 user unknown' },
});

export const dataIssueResolved = event('customers', 'data-issue.resolved', bySystem, {
  summary: 'a data issue of a customer was resolved: its value was verified or changed, or the rule no longer finds it',
  data: () =>
    z.object({
      attribute: z.string(),
      cause: IssueCause,
      resolution: IssueResolution,
      rule: z.string().optional(),
    }),
  example: { attribute: 'phone', cause: 'stale', resolution: 'verified', rule: 'contact-by-year' },
});

export const hygieneSettingsChanged = event('customers', 'hygiene-settings.changed', byStaff, {
  summary: 'the hygiene rules were changed',
  data: () => z.looseObject({ rules: z.array(z.looseObject({ id: z.string(), active: z.boolean() })) }),
  example: { rules: [{ id: 'contact-by-year', active: true }] },
});

const score = z.number();

export const qualityReported = event('customers', 'quality.reported', bySystem, {
  summary: 'the quality of all customer records was measured; `about` is the report',
  data: () => z.object({ customers: z.int(), total: score, letters: z.record(z.string(), score) }),
  example: {
    customers: 12_000,
    total: 71.4,
    letters: { shareable: 66, transportable: 91.2, accurate: 74.8, relevant: 60, timely: 70.3, secured: 62.1 },
  },
});
