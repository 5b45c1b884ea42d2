import * as z from 'zod';
import { Channel } from './customer.ts';
import { event } from './define.ts';

export const DoubtCause = z.enum(['stale', 'unverified', 'undeliverable', 'incomplete']);

export const dataIssueStale = event('customers', 'data-issue.stale', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'a rule of hygiene found something of a customer that is to be verified',
  data: () => z.object({ rule: z.string(), attribute: z.string(), cause: DoubtCause, why: z.string() }),
  example: {
    rule: 'contact-by-year',
    attribute: 'phone',
    cause: 'stale',
    why: 'last observed on 2025-03-02, longer ago than P365D',
  },
});

export const dataIssueUndeliverable = event('customers', 'data-issue.undeliverable', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'what a customer is reached by does not work: a message to it came back for good; `about` is the message',
  data: () => z.object({ attribute: z.string(), channel: Channel, why: z.string() }),
  example: { attribute: 'email', channel: 'email', why: 'smtp; 550 5.1.1 user unknown' },
});

export const dataIssueResolved = event('customers', 'data-issue.resolved', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'what was doubted of a customer was verified or changed, or is so no longer',
  data: () =>
    z.object({
      attribute: z.string(),
      cause: DoubtCause,
      how: z.enum(['verified', 'changed', 'task', 'passed']),
      rule: z.string().optional(),
    }),
  example: { attribute: 'phone', cause: 'stale', how: 'verified', rule: 'contact-by-year' },
});

export const hygieneSettingsChanged = event('customers', 'hygiene-settings.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'the rules by which what is known of customers is kept in order have changed',
  data: () => z.looseObject({ rules: z.array(z.looseObject({ id: z.string(), active: z.boolean() })) }),
  example: { rules: [{ id: 'contact-by-year', active: true }] },
});
