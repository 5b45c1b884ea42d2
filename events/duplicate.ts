import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';
import { CustomerId } from './ids.ts';

const pair = { customers: z.array(CustomerId).length(2), probability: z.number() };

const example = {
  customers: ['cus_01jd5e7k3m9q2r4t6v8w0x1y2z' as const, 'cus_01jd5f8m4n0r3s5v7w9x1y2z3a' as const],
  probability: 0.97,
};

export const duplicateFound = event('customers', 'duplicate.found', bySystem, {
  summary: 'two records are probably of one customer and wait for a decision',
  data: () => z.object(pair),
  example,
});

export const duplicateConfirmed = event('customers', 'duplicate.confirmed', bySystem, {
  summary:
    'two records are almost certainly of one customer: they are merged automatically, unless something forbids it',
  data: () => z.object({ customers: pair.customers }),
  example: { customers: example.customers },
});

export const duplicateAccepted = event('customers', 'duplicate.accepted', bySystem, {
  summary: 'two records were accepted as one customer and merged, by a person or automatically',
  data: () => z.object({ ...pair, into: CustomerId, automatic: z.boolean() }),
  example: { ...example, into: example.customers[0]!, automatic: false },
});

export const duplicateRejected = event('customers', 'duplicate.rejected', bySystem, {
  summary: 'two records were rejected as duplicates: they are two customers',
  data: () => z.object(pair),
  example,
});

export const duplicateClosed = event('customers', 'duplicate.closed', bySystem, {
  summary: 'two records no longer look alike: one was changed, merged into another, or erased',
  data: () => z.object({ customers: pair.customers }),
  example: { customers: example.customers },
});

export const matchingSettingsChanged = event('customers', 'matching-settings.changed', byStaff, {
  summary: 'the probabilities from which duplicates are listed, and merged automatically, were changed',
  data: () => z.object({ autoMerge: z.number().nullable(), review: z.number() }),
  example: { autoMerge: null, review: 0.5 },
});
