import * as z from 'zod';
import { Channel, Topic } from '../../../events/customer.ts';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { type FixId, fixIds } from '../../cleaning/fixes.ts';
import { ProfilePatch } from '../../customers/customer.ts';
import { Condition } from '../../shared/conditions/condition.ts';
import { UserId } from '../../shared/fields.ts';

/** customers named or found one by one; more are chosen by a list or a condition */
export const mostNamed = 1000;

const exactlyOne = (names: string[]) => ({
  holds: (given: Record<string, unknown>) => names.filter(name => given[name] !== undefined).length === 1,
  message: `must be exactly one of ${names.join(', ')}`,
});

const whom = {
  list: idOf('list').optional(),
  where: Condition.optional(),
  customers: z.array(CustomerId).min(1).max(mostNamed).optional(),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe('whatever finds customers: names, addresses, the end of a number')
    .optional(),
};
const oneOver = exactlyOne(Object.keys(whom));

/** whose records are changed */
export const Over = z.strictObject(whom).refine(oneOver.holds, oneOver.message);
export type Over = z.output<typeof Over>;

const Tag = z.string().regex(/^[\w-]{1,64}$/, 'a tag is 1 to 64 letters, digits, _ and -');

const Patch = ProfilePatch.refine(patch => Object.keys(patch).length > 0, 'sets nothing')
  .refine(({ email }) => !email, { path: ['email'], message: 'is unique: it cannot be many customers’' })
  .refine(({ externalId }) => !externalId, {
    path: ['externalId'],
    message: 'is unique: it cannot be many customers’',
  });

const Withdrawal = z.strictObject({
  channel: Channel,
  topic: Topic,
  status: z.literal('withdrawn', 'must be withdrawn: consent is granted by each customer, with proof'),
  source: z.string().trim().min(1).max(200),
});

/** cleaning fixes, by name */
export const Fixes = z
  .array(z.enum(fixIds as [FixId, ...FixId[]]))
  .min(1)
  .max(fixIds.length)
  .describe('see GET /v1/cleaning/fixes');

const deeds = {
  set: Patch.describe('a merge patch to each record').optional(),
  tag: Tag.optional(),
  untag: Tag.optional(),
  addToList: idOf('list').optional(),
  removeFromList: idOf('list').optional(),
  setConsent: Withdrawal.optional(),
  assignOwner: UserId.nullable().optional().describe('who looks after them; null: nobody in particular'),
  clean: Fixes.optional(),
};
const oneDeed = exactlyOne(Object.keys(deeds));

/** what is done to each of them */
export const Deed = z.strictObject(deeds).refine(oneDeed.holds, oneDeed.message);
export type Deed = z.output<typeof Deed>;

export const Why = z.string().trim().min(1, 'is empty').max(500).describe('kept with every change, for the audit');
