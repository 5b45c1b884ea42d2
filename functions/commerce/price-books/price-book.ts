import * as z from 'zod';
import { Currency } from '../../../events/money.ts';
import { Condition } from '../../shared/conditions/condition.ts';
import { Decimal } from '../../shared/exact.ts';
import { Day, Key, line } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Price } from './price-model.ts';
import { Promotion } from './promotion.ts';

/** an instant, or a date: its midnight in UTC */
export const Moment = z.union([Instant, Day], 'must be an instant in UTC, or a date');

const repeated = (values: (string | undefined)[]) =>
  values.flatMap((value, nth) => (value !== undefined && values.indexOf(value) < nth ? [nth] : []));

const header = {
  name: line(200).optional(),
  currency: Currency,
  rank: z.int().min(0).max(1_000_000).describe('of the books that price a sku, the lowest rank counts'),
  match: Condition.describe('over the customer, `channel`, `country` and `region`; without: for all').optional(),
  from: Moment.describe('inclusive').optional(),
  to: Moment.describe('exclusive').optional(),
  promotions: z
    .array(Promotion)
    .max(100)
    .default([])
    .describe('for the lines that this book prices; of a book without prices: for all lines'),
  floor: Decimal.optional().describe('the least net price of a unit, where a price has no floor of its own'),
};

export const PriceBookFields = z
  .strictObject({ ...header, prices: z.array(Price).max(3000) })
  .superRefine(({ from, to, prices, promotions }, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (from && to && Date.parse(to) <= Date.parse(from))
      issue(['to'], 'is not after from: it would never be in force');
    if (!prices.length && !promotions.length) issue(['prices'], 'is empty, and there are no promotions');
    for (const nth of repeated(prices.map(({ sku }) => sku))) issue(['prices', nth, 'sku'], 'is priced twice');
    for (const name of ['id', 'code'] as const)
      for (const nth of repeated(promotions.map(one => one[name]))) issue(['promotions', nth, name], 'is used twice');
  });

/** Prices and promotions in one currency, for whom it matches. */
export const PriceBook = z.object({ id: Key, ...header, prices: z.array(Price), ...stamps });
export type PriceBook = z.output<typeof PriceBook>;

/** without its prices, which lie in pages of their own; `pages`: the first sku of each */
export const StoredPriceBook = PriceBook.omit({ prices: true }).extend({
  pages: z.array(z.string()),
  /** of all prices: what makes a replacement another one */
  digest: z.string(),
  skus: z.int(),
});
export type StoredPriceBook = z.output<typeof StoredPriceBook>;

export const priceBooks = entity('price-book', StoredPriceBook, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['price-book', 'all'], part: id }),
});

/** Prices of a version of a book, in the order of their skus: what is in force is read by sku, and replaced as a whole. */
export const PricePage = z.object({ bookId: Key, version: z.int(), nth: z.int(), prices: z.array(Price) });
export type PricePage = z.output<typeof PricePage>;

export const pricePages = entity('price-page', PricePage, {
  onErase: 'not-personal',
  key: ({ bookId, version, nth }: Pick<PricePage, 'bookId' | 'version' | 'nth'>) => ({
    of: ['price-book', bookId],
    part: `${version}#${String(nth).padStart(4, '0')}`,
  }),
});
