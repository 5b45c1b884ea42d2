import * as z from 'zod';
import { Money } from '../../events/money.ts';
import { Day } from '../shared/fields.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { type Figures, partOf } from './source-figures.ts';

/** as the sources of visits are written: small letters, one space between words */
const name = z
  .string()
  .overwrite(text => text.replace(/[\p{Cc}\s]+/gu, ' '))
  .trim()
  .toLowerCase()
  .min(1, 'is empty')
  .max(100);

export const AdSpendFields = z.strictObject({
  day: Day,
  source: name,
  medium: name.optional(),
  campaign: name.optional(),
  amount: Money,
});

const AdSpend = z.object({ ...AdSpendFields.shape, by: z.string(), at: Instant });
export type AdSpend = z.output<typeof AdSpend>;

const partOfSpend = ({ day, source, medium = '', campaign, amount: { currency } }: Omit<AdSpend, 'by' | 'at'>) =>
  `${partOf({ day, source, medium, campaign })}#${currency}`;

const yearOf = (day: string): [kind: string, id: string] => ['ad-spend', day.slice(0, 'YYYY'.length)];

/** What a source cost on a day: the same day, source and currency again replaces it. */
export const adSpends = entity('ad-spend', AdSpend, {
  onErase: 'not-personal',
  key: (spend: Omit<AdSpend, 'by' | 'at'>) => ({ of: yearOf(spend.day), part: partOfSpend(spend) }),
});

/** what sources cost, with the names of figures */
export const spendBetween = async (store: Store, from: string, to: string): Promise<Figures[]> => {
  const years = Array.from({ length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 }, (_, n) =>
    String(Number(from.slice(0, 4)) + n),
  );
  const found = await Promise.all(
    years.map(year => Array.fromAsync(everyRecord(store, adSpends, yearOf(year), { within: { from, to } }))),
  );
  return found.flat().map(({ day, source, medium, campaign, amount: { amount, currency } }) => ({
    key: { day, source, medium: medium ?? '', ...(campaign ? { campaign } : {}) },
    of: { [`cost:${currency}`]: amount },
  }));
};
