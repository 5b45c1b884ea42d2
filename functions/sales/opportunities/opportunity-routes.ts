import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { Day, line, UserId } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
import { opportunityAtStage, opportunityClosed, opportunityExternalIdTaken, pipelineNotFound } from '../errors.ts';
import { openingFields, Reason } from '../fields.ts';
import { PipelineId } from '../pipelines/pipeline.ts';
import { Opportunity, OpportunityStatus } from './opportunity.ts';

const fields = { amount: Money.nullish(), closeOn: Day.nullish(), ownerId: UserId.nullish() };

export const OpportunityFields = z.strictObject({
  customerId: CustomerId,
  name: line(200),
  pipelineId: PipelineId.optional(),
  stage: PipelineId.optional(),
  source: line(200).nullish(),
  ...openingFields,
  ...fields,
});

const command = { scope: 'sales.write', reply: Opportunity } as const;

export const opportunityRoutes = {
  createOpportunity: route('POST /v1/opportunities', {
    summary: 'Create an opportunity, by default at the first stage of its pipeline',
    ...command,
    body: OpportunityFields,
    ...creates('/v1/opportunities'),
    errors: [customerNotFound, pipelineNotFound, opportunityExternalIdTaken],
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
    }),
  }),
  readOpportunity: route('GET /v1/opportunities/{id}', {
    summary: 'Read an opportunity',
    scope: 'sales.read',
    reply: Opportunity,
  }),
  changeOpportunity: route('PATCH /v1/opportunities/{id}', {
    summary: 'Update the name, amount, expected close or owner (JSON Merge Patch)',
    ...command,
    body: z.strictObject({ name: line(200).optional(), ...fields }),
    errors: [opportunityClosed],
    example: { amount: { amount: 12_490_000, currency: 'SGD' } },
  }),
  advanceOpportunity: route('POST /v1/opportunities/{id}/advance', {
    summary: 'Move an opportunity to another stage of its pipeline, forwards or back',
    ...command,
    body: z.strictObject({ stage: PipelineId }),
    errors: [opportunityClosed, opportunityAtStage],
    example: { stage: 'proposal' },
  }),
  winOpportunity: route('POST /v1/opportunities/{id}/win', {
    summary: 'Close an opportunity as won',
    ...command,
    body: z.strictObject({ reason: Reason.optional() }),
    errors: [opportunityClosed],
    example: { reason: 'the range' },
  }),
  loseOpportunity: route('POST /v1/opportunities/{id}/lose', {
    summary: 'Close an opportunity as lost',
    ...command,
    body: z.strictObject({ reason: Reason }),
    errors: [opportunityClosed],
    example: { reason: 'price' },
  }),
};
