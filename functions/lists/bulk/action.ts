import * as z from 'zod';
import { Channel, Topic } from '../../../events/customer.ts';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { fixIds } from '../../cleaning/fix-ids.ts';
import { ProfilePatch } from '../../customers/customer.ts';
import { Condition } from '../../shared/conditions/condition.ts';
import { exactlyOne, UserId } from '../../shared/fields.ts';

/** customers named or found one by one; more are chosen by a list or a condition */
export const mostNamed = 1000;

export const Target = exactlyOne({
  list: idOf('list').optional(),
  where: Condition.optional(),
  customers: z.array(CustomerId).min(1).max(mostNamed).optional(),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe('a search for customers: names, addresses, part of a number')
    .optional(),
});
export type Target = z.output<typeof Target>;

const Tag = z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ and -');

const unique = 'is unique: many customers cannot have one value';

const Patch = ProfilePatch.refine(patch => Object.keys(patch).length > 0, 'sets nothing')
  .refine(({ email }) => !email, { path: ['email'], message: unique })
  .refine(({ externalId }) => !externalId, { path: ['externalId'], message: unique });

const Withdrawal = z.strictObject({
  channel: Channel,
  topic: Topic,
  status: z.literal('withdrawn', 'must be withdrawn: consent is granted by each customer, with proof'),
  source: z.string().trim().min(1).max(200),
});

export const Fixes = z.array(z.enum(fixIds)).min(1).max(fixIds.length).describe('see GET /v1/cleaning/fixes');

export const Action = exactlyOne({
  set: Patch.describe('a merge patch of each record').optional(),
  tag: Tag.optional(),
  untag: Tag.optional(),
  addToList: idOf('list').optional(),
  removeFromList: idOf('list').optional(),
  setConsent: Withdrawal.optional(),
  assignOwner: UserId.nullable().optional().describe('the staff member who owns them; null: none'),
  clean: Fixes.optional(),
});
export type Action = z.output<typeof Action>;

export const Why = z.string().trim().min(1, 'is empty').max(500).describe('stored with every change, for the audit');
