import * as z from 'zod';
import { Money } from '../../events/money.ts';
import { HappenedAt } from '../shared/events/as-of.ts';

/** free text of one line, trimmed */
export const line = z.string().trim().min(1, 'is empty').max(200);
/** a reason in words */
export const Reason = z.string().trim().min(1, 'is empty').max(500);
/** a user's id, as tokens carry it */
export const OwnerId = z.string().trim().min(1, 'is empty').max(128);

/** what is said of a lead; in a merge patch null forgets */
export const leadFields = {
  source: line.nullish(),
  interest: line.nullish(),
  value: Money.nullish(),
  ownerId: OwnerId.nullish(),
};

/** what is said of an opportunity; in a merge patch null forgets */
export const opportunityFields = {
  amount: Money.nullish(),
  closeOn: z.iso.date('is not a date (YYYY-MM-DD)').nullish(),
  ownerId: OwnerId.nullish(),
};

/** what is said of a lead or an opportunity when it is told of first */
export const openingFields = {
  externalId: z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(256)
    .describe('the id that another system knows it by; unique')
    .optional(),
  openedAt: HappenedAt.optional().describe(
    'of what is told of later: it stands on the timeline at that time, and sets off no trigger once that is two days ago',
  ),
};
