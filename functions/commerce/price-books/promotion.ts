import * as z from 'zod';
import { Decimal, exact, exactOf, isBelow, Positive } from '../../shared/exact.ts';
import { Key, line } from '../../shared/fields.ts';
import { Sku } from './price-model.ts';

/** as codes are compared: without spaces, in capitals */
export const Code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9][A-Z0-9_.-]{1,39}$/, 'is 2 to 40 letters, digits, dots, dashes and underscores');

const When = z
  .strictObject({
    skus: z.array(Sku).min(1).max(1000).optional(),
    minQuantity: Decimal.optional(),
    maxQuantity: Decimal.optional().describe('inclusive'),
    minNet: Decimal.optional().describe('what the lines come to without tax, after the promotions before'),
  })
  .refine(
    ({ minQuantity = 0, maxQuantity }) =>
      maxQuantity === undefined || !isBelow(exactOf(maxQuantity), exactOf(minQuantity)),
    { path: ['maxQuantity'], message: 'is below minQuantity: it would never apply' },
  );

const ways = ['percent', 'amount', 'buy'] as const;
const together: Record<string, string> = { max: 'percent', free: 'buy' };

const Off = z
  .strictObject({
    percent: Positive.refine(percent => !isBelow(exact(100n), exactOf(percent)), 'is above 100').optional(),
    max: Positive.optional().describe('the most that `percent` takes off, tax included'),
    amount: Positive.optional().describe('taken off the lines together'),
    buy: z.int().min(1).max(1_000_000).optional(),
    free: z.int().min(1).max(1_000_000).optional().describe('units on top of every `buy` units of a line'),
  })
  .superRefine((off, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (ways.filter(way => off[way] !== undefined).length !== 1)
      issue([], `must have exactly one of ${ways.join(', ')}`);
    for (const [name, needed] of Object.entries(together))
      if (off[name as 'max'] !== undefined && off[needed as 'buy'] === undefined)
        issue([name], `does not belong without ${needed}`);
    if (off.buy !== undefined && off.free === undefined) issue(['free'], 'is needed with buy');
  });

/** Takes something off the lines that its book prices, or gives units on top; promotions apply one after the other. */
export const Promotion = z.strictObject({
  id: Key,
  name: line(200).optional(),
  code: Code.describe('it applies only where the code is given').optional(),
  when: When.optional(),
  off: Off,
  stop: z.boolean().describe('no later promotion applies to the lines that this one changed').optional(),
});
export type Promotion = z.output<typeof Promotion>;
