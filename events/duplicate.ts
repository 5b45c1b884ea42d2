import * as z from 'zod';
import { event } from './define.ts';
import { CustomerId } from './ids.ts';

const pair = { customers: z.array(CustomerId).length(2), probability: z.number() };

const example = {
  customers: ['cus_01jd5e7k3m9q2r4t6v8w0x1y2z' as const, 'cus_01jd5f8m4n0r3s5v7w9x1y2z3a' as const],
  probability: 0.97,
};

export const duplicateFound = event('customers', 'duplicate.found', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'two records are probably of one customer: somebody should look at them',
  data: () => z.object(pair),
  example,
});

export const duplicateConfirmed = event('customers', 'duplicate.confirmed', {
  by: 'system',
  contact: null,
  triggers: true,
  summary:
    'two records are as good as certain to be of one customer: they are merged unasked, unless something forbids it',
  data: () => z.object({ customers: pair.customers }),
  example: { customers: example.customers },
});

export const duplicateAccepted = event('customers', 'duplicate.accepted', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'two records were judged to be of one customer and merged, by somebody or because it was as good as certain',
  data: () => z.object({ ...pair, into: CustomerId, automatic: z.boolean() }),
  example: { ...example, into: example.customers[0]!, automatic: false },
});

export const duplicateRejected = event('customers', 'duplicate.rejected', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'two records were judged to be of two customers, and stay apart',
  data: () => z.object(pair),
  example,
});

export const duplicateClosed = event('customers', 'duplicate.closed', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'two records no longer look like one customer: one was changed, merged with another, or erased',
  data: () => z.object({ customers: pair.customers }),
  example: { customers: example.customers },
});

export const matchingSettingsChanged = event('customers', 'matching-settings.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'from which probability on duplicates are shown, and merged without being asked, has changed',
  data: () => z.object({ autoMerge: z.number().nullable(), review: z.number() }),
  example: { autoMerge: null, review: 0.5 },
});
