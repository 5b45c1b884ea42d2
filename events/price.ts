import * as z from 'zod';
import { byStaff, event } from './define.ts';

export const priceBookChanged = event('sales', 'price-book.changed', byStaff, {
  summary: 'a price book was created, replaced or deleted',
  data: () => z.object({ currency: z.string(), rank: z.int(), skus: z.int(), removed: z.boolean() }),
  example: { currency: 'SGD', rank: 100, skus: 12, removed: false },
});

export const taxChanged = event('sales', 'tax.changed', byStaff, {
  summary: 'a tax was created, replaced or deleted',
  data: () => z.object({ country: z.string(), category: z.string(), removed: z.boolean() }),
  example: { country: 'DE', category: 'standard', removed: false },
});

export const exchangeRatesChanged = event('sales', 'exchange-rates.changed', byStaff, {
  summary: 'the exchange rates of a day were set',
  data: () => z.object({ date: z.string(), base: z.string(), rates: z.record(z.string(), z.string()) }),
  example: { date: '2026-12-01', base: 'EUR', rates: { SGD: '1.5104' } },
});
