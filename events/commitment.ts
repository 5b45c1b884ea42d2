import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';
import { Money } from './money.ts';

export const CommitmentKind = z.enum(['commitment', 'price', 'offer', 'wording']);

const Data = z.object({
  kind: CommitmentKind,
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

export const commitmentMade = event('customers', 'commitment.made', byStaff, {
  summary: 'a department promised, quoted or offered something to a customer, or agreed on a wording',
  data: () => Data,
  example,
});

export const commitmentConflicting = event('customers', 'commitment.conflicting', bySystem, {
  summary: 'a new commitment contradicts an active one of another department',
  data: () => Data.extend({ conflicts: z.array(z.object({ id: z.string(), department: z.string() })) }),
  example: { ...example, conflicts: [{ id: 'cmt_01jd5e7k3m9q2r4t6v8w0x1y2z', department: 'marketing' }] },
});

const Closed = Data.extend({ note: z.string().optional() });

export const commitmentFulfilled = event('customers', 'commitment.fulfilled', byStaff, {
  summary: 'a commitment to a customer was fulfilled',
  data: () => Closed,
  example,
});

export const commitmentBroken = event('customers', 'commitment.broken', byStaff, {
  summary: 'a commitment to a customer was broken',
  data: () => Closed,
  example: { ...example, note: 'the model was sold out' },
});

export const commitmentWithdrawn = event('customers', 'commitment.withdrawn', byStaff, {
  summary: 'a commitment to a customer was withdrawn',
  data: () => Closed,
  example,
});
