import * as z from 'zod';
import { event } from './define.ts';
import { Money } from './money.ts';

export const PromiseKind = z.enum(['commitment', 'price', 'offer', 'wording']);

const Told = z.object({
  kind: PromiseKind,
  subject: z.string(),
  text: z.string(),
  amount: Money.optional(),
  validUntil: z.iso.date().optional(),
  department: z.string(),
});
const example = {
  kind: 'price',
  subject: 'VOLT-7',
  text: 'Volt 7 for 125,000, delivered',
  amount: { amount: 12_500_000, currency: 'SGD' },
  validUntil: '2026-12-31',
  department: 'sales',
} as const;

export const commitmentMade = event('customers', 'commitment.made', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a department promised, quoted or offered something to a customer, or settled how to speak of it',
  data: () => Told,
  example,
});

export const commitmentConflicting = event('customers', 'commitment.conflicting', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'a new promise says otherwise than what another department promised and still stands',
  data: () => Told.extend({ conflicts: z.array(z.object({ id: z.string(), department: z.string() })) }),
  example: { ...example, conflicts: [{ id: 'prm_01jd5e7k3m9q2r4t6v8w0x1y2z', department: 'marketing' }] },
});

const Ended = Told.extend({ note: z.string().optional() });

export const commitmentFulfilled = event('customers', 'commitment.fulfilled', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what was promised to a customer was done',
  data: () => Ended,
  example,
});

export const commitmentBroken = event('customers', 'commitment.broken', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what was promised to a customer was not done',
  data: () => Ended,
  example: { ...example, note: 'the model was sold out' },
});

export const commitmentWithdrawn = event('customers', 'commitment.withdrawn', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what was promised to a customer does not stand any more',
  data: () => Ended,
  example,
});
