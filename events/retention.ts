import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';
import { CustomerId } from './ids.ts';

const Instant = z.iso.datetime();
const rules = z.looseObject({});

export const retentionSettingsChanged = event('customers', 'retention-settings.changed', byStaff, {
  summary: 'the retention rules were changed',
  data: () => rules,
  example: { tracked: 'P13M', messages: 'P3Y' },
});

export const retentionDue = event('customers', 'retention.due', bySystem, {
  summary:
    'data of some customers that is older than this is to be discarded by the contexts that store it; `about` is the run',
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

export const retentionApplied = event('customers', 'retention.applied', bySystem, {
  summary: 'a retention run has covered all customers; `about` is the run',
  data: () => z.object({ dryRun: z.boolean(), counts: z.record(z.string(), z.int()) }),
  example: { dryRun: false, counts: { customers: 1200, tracked: 52_310, decisions: 840, inactive: 3 } },
});

export const customerInactive = event('customers', 'customer.inactive', bySystem, {
  summary:
    'a customer has been inactive for as long as the retention rules allow; emitted once, until it is active again',
  data: () => z.object({ lastActiveAt: Instant, then: z.enum(['review', 'erase']), eraseAt: Instant.optional() }),
  example: { lastActiveAt: '2023-11-22T09:00:00.000Z', then: 'review' },
});

export const customerErasureDue = event('customers', 'customer.erasure-due', bySystem, {
  summary: 'the notice period of an inactive customer is over: it is to be erased',
  data: () => z.object({ lastActiveAt: Instant }),
  example: { lastActiveAt: '2023-11-22T09:00:00.000Z' },
});

export const inactiveCustomerRetained = event('customers', 'inactive-customer.retained', byStaff, {
  summary: 'an inactive customer was retained by a member of staff; counts as activity',
  data: () => z.object({ lastActiveAt: Instant }),
  example: { lastActiveAt: '2023-11-22T09:00:00.000Z' },
});
