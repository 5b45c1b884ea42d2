import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';
import { idOf } from './ids.ts';

const erasureId = idOf('erasure');
const id = 'era_01jd5e7k3m9q2r4t6v8w0x1y2z';

export const customerErased = event('customers', 'customer.erased', bySystem, {
  summary: 'a customer was erased: its record is empty, and its other data is being erased',
  data: () => z.object({ erasureId }),
  example: { erasureId: id },
});

export const erasureFinished = event('customers', 'erasure.finished', bySystem, {
  summary: 'the erasure of a customer has finished; the receipt lists what it covered',
  data: () => z.object({ counts: z.record(z.string(), z.int()) }),
  example: { counts: { 'timeline removed': 41, 'messages removed': 7, 'orders anonymised': 2 } },
});

export const legalHoldPlaced = event('customers', 'legal-hold.placed', byStaff, {
  summary: 'a legal hold was placed on a customer: it cannot be erased',
  data: () => z.object({ reason: z.string(), until: z.iso.datetime().nullable() }),
  example: { reason: 'lawsuit 4711', until: null },
});

export const legalHoldLifted = event('customers', 'legal-hold.lifted', byStaff, {
  summary: 'the legal hold on a customer was lifted: it can be erased again',
  data: () => z.object({}),
  example: {},
});
