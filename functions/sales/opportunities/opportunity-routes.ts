import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { Day, line, prose, UserId } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
import {
  milestoneNotFound,
  milestoneReached,
  opportunityAtStage,
  opportunityClosed,
  opportunityExternalIdTaken,
  pipelineNotFound,
  stageNotReady,
} from '../errors.ts';
import { openingFields, Reason } from '../fields.ts';
import { PipelineId } from '../pipelines/pipeline.ts';
import { Milestone, Opportunity, OpportunityStatus, TeamMember } from './opportunity.ts';

const fields = { amount: Money.nullish(), closeOn: Day.nullish(), ownerId: UserId.nullish() };

const further = {
  team: z
    .array(TeamMember)
    .max(50)
    .refine(team => new Set(team.map(({ userId }) => userId)).size === team.length, 'names somebody twice')
    .optional(),
  competitors: z.array(line(100)).max(20).optional(),
};

export const OpportunityFields = z.strictObject({
  customerId: CustomerId,
  name: line(200),
  pipelineId: PipelineId.optional(),
  stage: PipelineId.optional(),
  source: line(200).nullish(),
  ...openingFields,
  ...fields,
  ...further,
});

const command = { scope: 'sales.write', reply: Opportunity } as const;

export const opportunityRoutes = {
  createOpportunity: route('POST /v1/opportunities', {
    summary: 'Create an opportunity, by default at the first stage of its pipeline',
    ...command,
    body: OpportunityFields,
    ...creates('/v1/opportunities'),
    errors: [customerNotFound, pipelineNotFound, opportunityExternalIdTaken, stageNotReady],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      name: 'Auto Volt 7 for Ada Tan',
      amount: { amount: 12_990_000, currency: 'SGD' },
      closeOn: '2026-12-18',
    },
  }),
  findOpportunities: route('GET /v1/opportunities', {
    summary: 'List opportunities by stage, pipeline, status or customer',
    scope: 'sales.read',
    ...lists(Opportunity, {
      stage: PipelineId.optional(),
      pipelineId: PipelineId.optional(),
      customerId: CustomerId.optional(),
      status: OpportunityStatus.optional(),
      stalled: z.enum(['true', 'false']).describe('whether it has been at its stage for too long').optional(),
    }),
  }),
  readOpportunity: route('GET /v1/opportunities/{id}', {
    summary: 'Read an opportunity',
    scope: 'sales.read',
    reply: Opportunity,
  }),
  changeOpportunity: route('PATCH /v1/opportunities/{id}', {
    summary: 'Update the name, amount, expected close, owner, team or competitors (JSON Merge Patch)',
    ...command,
    body: z.strictObject({ name: line(200).optional(), ...fields, ...further }),
    errors: [opportunityClosed],
    example: { amount: { amount: 12_490_000, currency: 'SGD' } },
  }),
  advanceOpportunity: route('POST /v1/opportunities/{id}/advance', {
    summary: 'Move an opportunity to another stage of its pipeline, forwards or back',
    ...command,
    body: z.strictObject({ stage: PipelineId }),
    errors: [opportunityClosed, opportunityAtStage, stageNotReady],
    example: { stage: 'proposal' },
  }),
  putMilestone: route('PUT /v1/opportunities/{id}/milestones/{milestoneId}', {
    summary: 'Plan a milestone of an opportunity, or move it: to a later day it slips',
    ...command,
    body: z.strictObject({ name: Milestone.shape.name, dueOn: Day }),
    errors: [opportunityClosed, milestoneReached],
    example: { name: 'Test drive with the family', dueOn: '2026-12-09' },
  }),
  reachMilestone: route('POST /v1/opportunities/{id}/milestones/{milestoneId}/reach', {
    summary: 'Record that a milestone was reached, and what shows it',
    ...command,
    body: z.strictObject({ evidence: prose(2000), reachedOn: Day.describe('default: today').optional() }),
    errors: [opportunityClosed, milestoneNotFound, milestoneReached],
    example: { evidence: 'signed test drive form, 8 December' },
  }),
  removeMilestone: route('DELETE /v1/opportunities/{id}/milestones/{milestoneId}', {
    summary: 'Remove a milestone from an opportunity',
    ...command,
    errors: [opportunityClosed, milestoneNotFound],
  }),
  winOpportunity: route('POST /v1/opportunities/{id}/win', {
    summary: 'Close an opportunity as won',
    ...command,
    body: z.strictObject({ reason: Reason.optional() }),
    errors: [opportunityClosed, stageNotReady],
    example: { reason: 'the range' },
  }),
  loseOpportunity: route('POST /v1/opportunities/{id}/lose', {
    summary: 'Close an opportunity as lost',
    ...command,
    body: z.strictObject({ reason: Reason, competitor: line(100).describe('who won it').optional() }),
    errors: [opportunityClosed],
    example: { reason: 'price' },
  }),
};
