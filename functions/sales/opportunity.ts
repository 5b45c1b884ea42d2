import * as z from 'zod';
import { CustomerId, LeadId, OpportunityId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Instant, stamps } from '../shared/contract.ts';
import { entity } from '../shared/entity.ts';

export const OpportunityStatus = z.enum(['open', 'won', 'lost']);

/** Something to be sold to a customer, at a stage of a pipeline. */
export const Opportunity = z.object({
  id: OpportunityId,
  customerId: CustomerId,
  /** the lead it came from */
  leadId: LeadId.nullable(),
  name: z.string(),
  status: OpportunityStatus,
  pipelineId: z.string(),
  /** its stage, or the one it was won or lost at */
  stage: z.string(),
  stageSince: Instant,
  amount: Money.nullable(),
  closeOn: z.iso.date().nullable(),
  ownerId: z.string().nullable(),
  source: z.string().nullable(),
  /** why it was won or lost */
  reason: z.string().nullable(),
  closedAt: Instant.nullable(),
  ...stamps,
});
export type Opportunity = z.output<typeof Opportunity>;

/** the open ones at a stage of a pipeline */
export const atStage = (pipelineId: string, stage: string) => `${pipelineId}#${stage}`;

export const opportunities = entity('opportunity', Opportunity, {
  owner: ({ customerId }) => customerId,
  lists: {
    all: { by: () => 'all', shards: 4 },
    stage: {
      by: ({ status, pipelineId, stage }) => (status === 'open' ? atStage(pipelineId, stage) : undefined),
      sort: ({ stageSince }) => stageSince,
    },
  },
});
