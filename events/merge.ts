import * as z from 'zod';
import { byStaff, event } from './define.ts';
import { CustomerId, idOf } from './ids.ts';

const mergeId = idOf('merge');
const id = 'mrg_01jd5e7k3m9q2r4t6v8w0x1y2z';
const other = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';

export const customerMerged = event('customers', 'customer.merged', byStaff, {
  summary: 'another record of the same customer was merged into this one, by a person or automatically',
  data: () => z.object({ mergeId, from: CustomerId, why: z.array(z.string()) }),
  example: { mergeId: id, from: other, why: ['the same tax number'] },
});

export const customerMergedAway = event('customers', 'customer.merged-away', byStaff, {
  summary: 'this record was merged into another of the same customer, which replaces it',
  data: () => z.object({ mergeId, into: CustomerId, why: z.array(z.string()) }),
  example: { mergeId: id, into: other, why: ['the same tax number'] },
});

export const customerUnmerged = event('customers', 'customer.unmerged', byStaff, {
  summary: 'the merge of another record into this one was undone: they are two customers',
  data: () => z.object({ mergeId, from: CustomerId }),
  example: { mergeId: id, from: other },
});

export const customerRestored = event('customers', 'customer.restored', byStaff, {
  summary: 'the merge of this record into another was undone: it is a customer again',
  data: () => z.object({ mergeId, into: CustomerId }),
  example: { mergeId: id, into: other },
});
