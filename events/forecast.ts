import * as z from 'zod';
import { byStaff, event } from './define.ts';
import { Money } from './money.ts';

const Data = z.object({ pipelineId: z.string(), period: z.string(), ownerId: z.string().nullable(), amount: Money });
const example = {
  pipelineId: 'default',
  period: '2026-12',
  ownerId: null,
  amount: { amount: 50_000_000, currency: 'SGD' },
};

export const quotaSet = event('sales', 'quota.set', byStaff, {
  summary: 'a quota was set: what is to be won in a month',
  data: () => Data,
  example,
});

export const forecastOverridden = event('sales', 'forecast.overridden', byStaff, {
  summary: 'somebody stated another figure of a forecast than its opportunities come to',
  data: () => Data.extend({ category: z.string(), reason: z.string() }),
  example: { ...example, category: 'commit', reason: 'two contracts slip into January' },
});
