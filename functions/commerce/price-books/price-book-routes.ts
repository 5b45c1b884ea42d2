import * as z from 'zod';
import { Day } from '../../shared/fields.ts';
import { lists, route, warning } from '../../shared/http/contract.ts';
import { ExchangeRates, RateFields } from './exchange-rates.ts';
import { PriceBook, PriceBookFields } from './price-book.ts';

const read = { scope: 'sales.read' } as const;
const write = { scope: 'settings.admin' } as const;

const Summary = PriceBook.omit({ prices: true }).extend({ skus: z.int().describe('how many skus it prices') });

export const priceBookRoutes = {
  putPriceBook: route('PUT /v1/price-books/{id}', {
    summary: 'Create or replace a price book: its prices and promotions, for whom and from when they hold',
    ...write,
    body: PriceBookFields,
    reply: warning(PriceBook),
    location: ({ id }) => `/v1/price-books/${id}`,
    example: {
      currency: 'SGD',
      rank: 100,
      match: { attribute: 'channel', is: 'web' },
      from: '2027-01-01',
      prices: [
        { sku: 'VOLT-7', model: 'perUnit', unit: '129900.00', taxIncluded: true, floor: '101000' },
        {
          sku: 'CHARGE',
          model: 'graduated',
          tiers: [
            { upTo: 100, unit: '0.45' },
            { upTo: null, unit: '0.39' },
          ],
        },
      ],
      promotions: [{ id: 'spring', code: 'SPRING27', when: { skus: ['VOLT-7'] }, off: { percent: '3', max: '5000' } }],
    },
  }),
  listPriceBooks: route('GET /v1/price-books', {
    summary: 'List price books by id, without their prices',
    ...read,
    ...lists(Summary),
  }),
  readPriceBook: route('GET /v1/price-books/{id}', { summary: 'Read a price book', ...read, reply: PriceBook }),
  removePriceBook: route('DELETE /v1/price-books/{id}', {
    summary: 'Delete a price book',
    ...write,
    reply: PriceBook,
  }),
};

export const exchangeRateRoutes = {
  putExchangeRates: route('PUT /v1/exchange-rates', {
    summary: 'Set the exchange rates of a day: what one unit of the base currency is worth',
    ...write,
    body: RateFields,
    reply: ExchangeRates,
    example: { date: '2026-12-01', base: 'EUR', rates: { SGD: '1.5104', USD: '1.0873' } },
  }),
  listExchangeRates: route('GET /v1/exchange-rates', {
    summary: 'List exchange rates, latest day first, all or of a day',
    ...read,
    ...lists(ExchangeRates, { date: Day.optional() }),
  }),
};
