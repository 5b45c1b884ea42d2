import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';
import { CustomerId } from './ids.ts';

const day = z.iso.date();

/** as each end sees it, on both timelines */
const Data = z.object({
  type: z.string(),
  label: z.string(),
  with: CustomerId,
  role: z.string().optional(),
  from: day.optional(),
  until: day.optional(),
});
const example = { type: 'employer', label: 'employer', with: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z', from: '2024-03-01' };

export const relationshipAdded = event('customers', 'relationship.added', byStaff, {
  summary: 'a customer was related to another; `about` is the relationship',
  data: () => Data,
  example,
});

export const relationshipChanged = event('customers', 'relationship.changed', byStaff, {
  summary: 'the role, days or primary flag of a relationship was changed',
  data: () => Data,
  example: { ...example, role: 'head of fleet' },
});

export const relationshipEnded = event('customers', 'relationship.ended', byStaff, {
  summary: 'a relationship was ended',
  data: () => Data,
  example: { ...example, until: '2026-11-30' },
});

export const relationshipRemoved = event('customers', 'relationship.removed', byStaff, {
  summary: 'a relationship that was recorded by mistake was deleted',
  data: () => Data,
  example,
});

export const relationshipSetAside = event('customers', 'relationship.set-aside', bySystem, {
  summary: 'a relationship of a merged customer is hidden because it conflicts with one of the remaining customer',
  data: () => Data.extend({ why: z.enum(['duplicate', 'exclusive', 'cycle']) }),
  example: { ...example, why: 'duplicate' },
});

export const relationshipTypeChanged = event('customers', 'relationship-type.changed', byStaff, {
  summary: 'a relationship type was defined or changed',
  data: () => z.object({ label: z.string(), inverseLabel: z.string() }),
  example: { label: 'dealer', inverseLabel: 'customer of' },
});
