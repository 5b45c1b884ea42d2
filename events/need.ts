import * as z from 'zod';
import { event } from './define.ts';
import { Money } from './money.ts';

export const NeedStatus = z.enum(['open', 'met', 'dropped']);

const Told = z.object({
  what: z.string(),
  status: NeedStatus,
  category: z.string().optional(),
  productId: z.string().optional(),
  budget: Money.optional(),
  neededBy: z.iso.date().optional(),
  strength: z.int().optional(),
  source: z.string(),
});
const example = {
  what: 'an electric car for five',
  status: 'open',
  category: 'cars',
  neededBy: '2027-03-01',
  strength: 4,
  source: 'showroom visit',
} as const;

export const needRecorded = event('customers', 'need.recorded', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a customer is in need of something, or shows interest in it',
  data: () => Told,
  example,
});

export const needChanged = event('customers', 'need.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what a customer needs has changed, was met or dropped; `from` is the status it had',
  data: () => Told.extend({ from: NeedStatus }),
  example: { ...example, status: 'met', from: 'open' },
});

export const needRemoved = event('customers', 'need.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a need was taken back: the customer never had it',
  data: () => Told,
  example,
});
