import * as z from 'zod';
import { byStaff, event } from './define.ts';
import { Money } from './money.ts';

export const NeedStatus = z.enum(['open', 'met', 'dropped']);

const Data = z.object({
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

export const needRecorded = event('customers', 'need.recorded', byStaff, {
  summary: 'a need or interest of a customer was recorded',
  data: () => Data,
  example,
});

export const needChanged = event('customers', 'need.changed', byStaff, {
  summary: 'a need was changed; `from` is the previous status',
  data: () => Data.extend({ from: NeedStatus }),
  example: { ...example, status: 'met', from: 'open' },
});

export const needRemoved = event('customers', 'need.removed', byStaff, {
  summary: 'a need that was recorded by mistake was deleted',
  data: () => Data,
  example,
});
