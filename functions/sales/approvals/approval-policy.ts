import * as z from 'zod';
import { Customer } from '../../customers/customer.ts';
import { Condition } from '../../shared/conditions/condition.ts';
import { Key, line, UserId } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Duration } from '../../shared/time/duration.ts';

/** What conditions over a quote find. Amounts are in minor units of its currency, shares in percent. */
export const QuoteFacts = z.object({
  amount: z.number().describe('the total'),
  net: z.number(),
  currency: z.string(),
  discount: z.number().describe('how much of the list price is taken off, in percent'),
  margin: z
    .number()
    .nullable()
    .describe('how much of the net is above the cost, in percent; null if a cost is unknown'),
  credit: z.number().nullable().describe('what the credit limit leaves after this quote; below 0: too little'),
  overdue: z.number().describe('what the customer owes past its due date'),
  belowFloor: z.boolean(),
  lines: z.number(),
  customer: Customer.omit({ masked: true }),
});
export type QuoteFacts = z.output<typeof QuoteFacts>;

const Approvers = z
  .strictObject({
    staff: z.array(UserId).max(20).default([]),
    role: line(60).describe('whoever has this role').optional(),
  })
  .refine(({ staff, role }) => staff.length || role, 'must name staff or a role');

export const Step = z.strictObject({
  approvers: Approvers,
  if: Condition.describe('the step is left out where this does not hold').optional(),
  within: Duration.describe('the time to answer').optional(),
  onTimeout: z
    .enum(['escalate', 'approve', 'reject'])
    .default('escalate')
    .describe('escalate: to the next step, or rejected where there is none'),
});
export type Step = z.output<typeof Step>;

export const PolicyFields = z.strictObject({
  name: line(200),
  rank: z.int().min(0).max(1_000_000).describe('of the policies that match, the one with the lowest rank counts'),
  match: Condition.describe('the quotes that need approval; without: all').optional(),
  steps: z.array(Step).min(1).max(10).describe('one after the other'),
  fourEyes: z.boolean().default(false).describe('who asked for the approval cannot give it'),
});

export const Policy = z.object({ id: Key, ...PolicyFields.shape, ...stamps });
export type Policy = z.output<typeof Policy>;

export const policies = entity('approval-policy', Policy, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['approval-policy', 'all'], part: id }),
});

/** of a quote below the floor of a price book, where no policy matches */
export const floorPolicy: Pick<Policy, 'id' | 'name' | 'steps' | 'fourEyes'> = {
  id: 'floor',
  name: 'Below the floor of a price book',
  steps: [{ approvers: { staff: [], role: 'admin' }, within: 'P7D', onTimeout: 'reject' }],
  fourEyes: false,
};

export const DelegationFields = z.strictObject({
  to: UserId,
  from: z.iso.date().optional(),
  until: z.iso.date().describe('the last day'),
});

export const Delegation = z.object({ id: UserId, ...DelegationFields.shape, ...stamps });
export type Delegation = z.output<typeof Delegation>;

export const delegations = entity('approval-delegation', Delegation, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['approval-delegation', 'all'], part: id }),
});
