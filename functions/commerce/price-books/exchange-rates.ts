import * as z from 'zod';
import { Currency } from '../../../events/money.ts';
import { divide, type Exact, exactOf, one, Positive } from '../../shared/exact.ts';
import { Day } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';

export const RateFields = z
  .strictObject({
    date: Day,
    base: Currency,
    rates: z.record(Currency, Positive).refine(rates => Object.keys(rates).length > 0, 'has no rates'),
  })
  .refine(({ base, rates }) => rates[base] === undefined, {
    path: ['rates'],
    message: 'has a rate of the base itself',
  });

/** What one unit of a currency is worth in others on a day. */
export const ExchangeRates = z.object({ ...RateFields.shape, ...stamps });
export type ExchangeRates = z.output<typeof ExchangeRates>;

export const exchangeRates = entity('exchange-rates', ExchangeRates, {
  onErase: 'not-personal',
  key: ({ date, base }: Pick<ExchangeRates, 'date' | 'base'>) => ({
    of: ['exchange-rates', 'all'],
    part: `${date}#${base}`,
  }),
});

/** bounds of the rates of a day */
export const ratesOn = (date: string) => ({ from: `${date}#`, to: `${date}$` });

/** what one unit of a currency is worth in another by the rates of a day, over one base at most */
export const rateBetween = (ofDay: ExchangeRates[], from: string, to: string): Exact | undefined => {
  if (from === to) return one;
  for (const { base, rates } of ofDay) {
    const worth = (currency: string) => {
      const rate = rates[currency];
      return currency === base ? one : rate === undefined ? undefined : exactOf(rate);
    };
    const [own, other] = [worth(from), worth(to)];
    if (own && other) return divide(other, own);
  }
  return undefined;
};
