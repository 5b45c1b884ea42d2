import * as z from 'zod';
import { event } from './define.ts';
import { CustomerId } from './ids.ts';

const Instant = z.iso.datetime();
const rules = z.looseObject({});

export const retentionSettingsChanged = event('customers', 'retention-settings.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'how long what is known of customers is kept has changed',
  data: () => rules,
  example: { tracked: 'P13M', messages: 'P3Y' },
});

export const retentionDue = event('customers', 'retention.due', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'what contexts keep of some customers is to be discarded where it is older than this; `about` is the run',
  data: () =>
    z.object({
      /** counted only, not discarded */
      dryRun: z.boolean(),
      customerIds: z.array(CustomerId),
      messagesBefore: Instant.optional(),
      casesClosedBefore: Instant.optional(),
    }),
  example: {
    dryRun: false,
    customerIds: ['cus_01jd5e7k3m9q2r4t6v8w0x1y2z'],
    messagesBefore: '2023-11-22T02:00:00.000Z',
  },
});

export const retentionApplied = event('customers', 'retention.applied', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'all customers were gone through for what is older than it may be; `about` is the run',
  data: () => z.object({ dryRun: z.boolean(), counts: z.record(z.string(), z.int()) }),
  example: { dryRun: false, counts: { customers: 1200, tracked: 52_310, decisions: 840, inactive: 3 } },
});

export const customerInactive = event('customers', 'customer.inactive', {
  by: 'system',
  contact: null,
  triggers: true,
  summary:
    'nothing was heard of a customer for as long as the company keeps such; said once, until it is heard of again',
  data: () => z.object({ lastActiveAt: Instant, then: z.enum(['review', 'erase']), eraseAt: Instant.optional() }),
  example: { lastActiveAt: '2023-11-22T09:00:00.000Z', then: 'review' },
});

export const customerErasureDue = event('customers', 'customer.erasure-due', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'a customer of whom nothing was heard was listed for as long as there is to be notice: now it is erased',
  data: () => z.object({ lastActiveAt: Instant }),
  example: { lastActiveAt: '2023-11-22T09:00:00.000Z' },
});

export const inactiveCustomerRetained = event('customers', 'inactive-customer.retained', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody decided to keep a customer of whom nothing was heard for long; counts as being heard of',
  data: () => z.object({ lastActiveAt: Instant }),
  example: { lastActiveAt: '2023-11-22T09:00:00.000Z' },
});
