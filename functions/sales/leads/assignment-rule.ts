import * as z from 'zod';
import type { Rule } from '../../assignment/assign.ts';
import { Customer } from '../../customers/customer.ts';
import { Skills } from '../../organisation/staff-member.ts';
import { Condition, leavesOf } from '../../shared/conditions/condition.ts';
import { exactlyOne, Key, Slug, UserId } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Duration } from '../../shared/time/duration.ts';
import { Lead } from './lead.ts';

/** what conditions over a lead find */
export const LeadFacts = z.object({
  ...Lead.pick({ source: true, interest: true, value: true, stage: true, attributes: true, contact: true }).shape,
  customer: Customer.omit({ masked: true }),
});

const LeadCondition: z.ZodType<Condition> = Condition.refine(
  condition => leavesOf(condition).every(({ leaf }) => 'attribute' in leaf),
  'may only use attributes of the lead, such as source or customer.address.country',
);

export const AssignmentRuleFields = z.strictObject({
  rank: z.int().min(0).max(1_000_000).describe('The first rule that matches, by rank, applies.'),
  match: LeadCondition.optional().describe('The leads it applies to; without: every lead.'),
  to: exactlyOne({
    staff: z.array(UserId).min(1).max(200).optional(),
    team: Slug.describe('The members of a team and of those below it.').optional(),
    territory: z
      .union([z.literal(true), Slug])
      .describe('The teams in whose territories the customer is, or one team for the customers in its territories.')
      .optional(),
  }),
  method: z.enum(['leastBusy', 'roundRobin']).default('leastBusy'),
  limit: z.int().min(1).max(10_000).describe('The most open leads that somebody has.').optional(),
  skills: Skills.describe('The skills that somebody needs, all of them.'),
  respondWithin: Duration.describe(
    'How long somebody has to respond before the lead goes to somebody else.',
  ).optional(),
});

/** Who is given which leads. */
export const AssignmentRule = z.object({ id: Key, ...AssignmentRuleFields.shape, ...stamps });
export type AssignmentRule = z.output<typeof AssignmentRule>;

export const assignmentRules = entity('assignment-rule', AssignmentRule, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['assignment-rule', 'all'], part: id }),
});

/** what a rule asks of who is given its leads */
export const ruleOf = ({ id, to, method, limit, skills }: AssignmentRule): Rule => ({
  ...{ id, method, limit, skills, unit: 'open leads' },
  ...(to.staff ? { staff: to.staff } : {}),
  ...(to.team ? { teams: [to.team] } : {}),
});
