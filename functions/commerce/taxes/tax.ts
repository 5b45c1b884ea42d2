import * as z from 'zod';
import { Currency } from '../../../events/money.ts';
import { Decimal, exact, exactOf, isBelow } from '../../shared/exact.ts';
import { Country, Key, line } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Moment } from '../price-books/price-book.ts';
import { standardCategory } from '../products/product.ts';

const ofRates = ['rate'] as const;
const ofFixed = ['amount', 'currency'] as const;

export const TaxFields = z
  .strictObject({
    name: line(100).optional(),
    country: Country,
    category: line(60).default(standardCategory),
    kind: z
      .enum(['percent', 'percentOfGross', 'fixed'])
      .default('percent')
      .describe('percentOfGross: of what the price is with this tax · fixed: an amount for each unit'),
    rate: Decimal.describe('in percent').optional(),
    amount: Decimal.describe('of a fixed tax').optional(),
    currency: Currency.describe('of a fixed tax').optional(),
    rank: z.int().min(0).max(1000).default(0).describe('the order of the taxes of a country and category'),
    addsToBase: z.boolean().default(false).describe('the taxes after it are charged on it as well'),
    from: Moment.describe('inclusive').optional(),
    to: Moment.describe('exclusive').optional(),
  })
  .superRefine(({ kind, from, to, ...tax }, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const needed = kind === 'fixed' ? ofFixed : ofRates;
    const strays = kind === 'fixed' ? ofRates : ofFixed;
    for (const name of needed) if (tax[name] === undefined) issue(name, `is needed for ${kind}`);
    for (const name of strays) if (tax[name] !== undefined) issue(name, `does not belong with ${kind}`);
    if (tax.rate !== undefined && kind === 'percentOfGross' && !isBelow(exactOf(tax.rate), exact(100n)))
      issue('rate', 'must be below 100');
    if (from && to && Date.parse(to) <= Date.parse(from)) issue('to', 'is not after from: it would never be in force');
  });

/** What is charged on products of a category in a country. */
export const Tax = z.object({ id: Key, ...TaxFields.shape, ...stamps });
export type Tax = z.output<typeof Tax>;

export const taxes = entity('tax', Tax, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['tax', 'all'], part: id }),
});
