import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { line, openingFields, opportunityFields, Reason } from './fields.ts';
import { Opportunity, OpportunityStatus } from './opportunity.ts';
import { PipelineId } from './pipeline.ts';

/** what is said of an opportunity when it is told of first */
export const OpportunityFields = z.strictObject({
  customerId: CustomerId,
  name: line,
  pipelineId: PipelineId.optional(),
  stage: PipelineId.optional(),
  source: line.nullish(),
  ...openingFields,
  ...opportunityFields,
});

const closed = ['opportunity.closed'];

export const opportunityRoutes = {
  createOpportunity: route('POST /v1/opportunities', {
    summary: 'Create an opportunity, at the first stage of its pipeline unless told otherwise',
    scope: 'sales.write',
    body: OpportunityFields,
    reply: Opportunity,
    status: 201,
    location: ({ id }) => `/v1/opportunities/${id}`,
    errors: ['customer.not-found', 'pipeline.not-found', 'opportunity.external-id-taken'],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      name: 'Auto Volt 7 for Ada Tan',
      amount: { amount: 12_990_000, currency: 'SGD' },
      closeOn: '2026-12-18',
    },
  }),
  findOpportunities: route('GET /v1/opportunities', {
    summary: 'Opportunities; at a stage, of a pipeline, by status or of one customer',
    scope: 'sales.read',
    query: z.strictObject({
      stage: PipelineId.optional(),
      pipelineId: PipelineId.optional(),
      customerId: CustomerId.optional(),
      status: OpportunityStatus.optional(),
      ...paging,
    }),
    reply: page(Opportunity),
  }),
  readOpportunity: route('GET /v1/opportunities/{id}', {
    summary: 'Read an opportunity',
    scope: 'sales.read',
    reply: Opportunity,
  }),
  changeOpportunity: route('PATCH /v1/opportunities/{id}', {
    summary: 'Change name, amount, expected close or owner (JSON Merge Patch)',
    scope: 'sales.write',
    body: z.strictObject({ name: line.optional(), ...opportunityFields }),
    reply: Opportunity,
    errors: closed,
    example: { amount: { amount: 12_490_000, currency: 'SGD' } },
  }),
  advanceOpportunity: route('POST /v1/opportunities/{id}/advance', {
    summary: 'Move an opportunity to another stage of its pipeline, forwards or back',
    scope: 'sales.write',
    body: z.strictObject({ stage: PipelineId }),
    reply: Opportunity,
    errors: [...closed, 'opportunity.at-stage'],
    example: { stage: 'proposal' },
  }),
  winOpportunity: route('POST /v1/opportunities/{id}/win', {
    summary: 'Close an opportunity as won',
    scope: 'sales.write',
    body: z.strictObject({ reason: Reason.optional() }),
    reply: Opportunity,
    errors: closed,
    example: { reason: 'the range' },
  }),
  loseOpportunity: route('POST /v1/opportunities/{id}/lose', {
    summary: 'Close an opportunity as lost',
    scope: 'sales.write',
    body: z.strictObject({ reason: Reason }),
    reply: Opportunity,
    errors: closed,
    example: { reason: 'price' },
  }),
};
