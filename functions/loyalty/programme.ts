import * as z from 'zod';
import { Where } from '../shared/conditions/event-condition.ts';
import { keysOfEvent } from '../shared/conditions/event-keys.ts';
import { type Filing, filed } from '../shared/events/filed.ts';
import { Key, line } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { FixedDuration } from '../shared/time/duration.ts';

const fixed = /^[1-9]\d{0,8}$/;
const perAmount = /^(\d{1,9}(?:\.\d{1,6})?) per (\d{1,9}(?:\.\d{1,6})?)$/;

/** `[points, amount]` of a rule such as "10 per 1.00", as decimals; a fixed number of points has no amount */
export const rateOf = (points: string): { points: string; per?: string } => {
  const [, each, per] = perAmount.exec(points) ?? [];
  return each && per ? { points: each, per } : { points };
};

const isRate = (points: string) => {
  const [, each, per] = perAmount.exec(points) ?? [];
  return fixed.test(points) || (Number(each) > 0 && Number(per) > 0);
};

const EarningRule = z.strictObject({
  event: z.string().min(1).max(200).describe('a type of event, or the name of a tracked one'),
  where: Where.optional(),
  of: z
    .string()
    .regex(/^[\w-]+(\.[\w-]+)*$/, 'is not a path such as total or properties.value')
    .describe('where the event has the amount, a money value or a number; default: the total of an order or cart')
    .optional(),
  points: z
    .string()
    .refine(isRate, 'must be a number of points such as "50", or a rate such as "10 per 1.00"')
    .describe('a fixed number, or a rate per amount in the major unit'),
  round: z.enum(['down', 'up', 'nearest']).default('down'),
  limit: z
    .strictObject({ max: z.int().min(1).max(1_000_000_000), per: FixedDuration })
    .describe('the most points of this rule for a customer in a time that ends now')
    .optional(),
});
export type EarningRule = z.output<typeof EarningRule>;

const Tier = z.strictObject({
  name: line(60),
  from: z.int().min(0).max(1_000_000_000_000).describe('points earned'),
});

const rising = (tiers: { from: number }[]) => tiers.every((tier, nth) => !nth || tiers[nth - 1]!.from < tier.from);

export const ProgrammeFields = z.strictObject({
  currencyName: line(40).describe('what its points are called, such as miles'),
  earn: z.array(EarningRule).max(50).default([]),
  tiers: z
    .array(Tier)
    .max(20)
    .refine(rising, 'must rise: each tier begins at more points than the one before')
    .refine(tiers => new Set(tiers.map(({ name }) => name)).size === tiers.length, 'has a name twice')
    .default([]),
  qualification: z
    .strictObject({ per: FixedDuration.describe('points that were earned longer ago do not count for the tier') })
    .optional(),
  expiry: z.strictObject({ after: FixedDuration }).describe('points expire so long after they were earned').optional(),
});

/** A currency of points, how customers earn it, and what they reach by it. */
export const Programme = z.object({ id: Key, ...ProgrammeFields.shape, ...stamps });
export type Programme = z.output<typeof Programme>;

export const programmes = entity('programme', Programme, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['programme', 'all'], part: id }),
});

/** the events that a rule is about */
export const eventOfRule = ({ event, where }: EarningRule) => ({ event, ...(where ? { where } : {}) });

/** programmes by the keys of the events that earn */
export const earning = filed<{ id: string }>('programme');

export const filingOf = ({ id, earn }: Programme): Filing<{ id: string }> => ({
  id,
  keys: new Set(earn.flatMap(rule => keysOfEvent(eventOfRule(rule)))),
  definition: { id },
});
