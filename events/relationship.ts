import * as z from 'zod';
import { event } from './define.ts';
import { CustomerId } from './ids.ts';

const day = z.iso.date();

/** what is told on the timelines of both ends, as each of them sees it */
const Told = z.object({
  type: z.string(),
  label: z.string(),
  with: CustomerId,
  role: z.string().optional(),
  from: day.optional(),
  until: day.optional(),
});
const example = { type: 'employer', label: 'employer', with: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z', from: '2024-03-01' };

export const relationshipAdded = event('customers', 'relationship.added', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a customer is connected with another; `about` is the relationship',
  data: () => Told,
  example,
});

export const relationshipChanged = event('customers', 'relationship.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a relationship has another role, other dates or another weight',
  data: () => Told,
  example: { ...example, role: 'head of fleet' },
});

export const relationshipEnded = event('customers', 'relationship.ended', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a relationship is given an end',
  data: () => Told,
  example: { ...example, until: '2026-11-30' },
});

export const relationshipRemoved = event('customers', 'relationship.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a relationship was taken back: it never was',
  data: () => Told,
  example,
});

export const relationshipSetAside = event('customers', 'relationship.set-aside', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'a relationship of a customer that was merged is not shown any more, as the other has one in its place',
  data: () => Told.extend({ why: z.enum(['duplicate', 'exclusive', 'cycle']) }),
  example: { ...example, why: 'duplicate' },
});

export const relationshipTypeChanged = event('customers', 'relationship-type.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a kind of relationship was declared, or is called by other names',
  data: () => z.object({ label: z.string(), inverseLabel: z.string() }),
  example: { label: 'dealer', inverseLabel: 'dealt with by' },
});
