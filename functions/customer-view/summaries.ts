import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';

const id = z.string();

const summary = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ id, ...shape, createdAt: Instant, updatedAt: Instant });

export const CaseSummary = summary({
  number: z.string(),
  subject: z.string(),
  type: z.string(),
  status: z.string(),
  priority: z.string().nullish(),
});

/** what was promised for a case, when it was settled, and how content the customer is with it */
export const CaseInHand = CaseSummary.extend({
  channel: z.string(),
  queue: z.string().nullable(),
  agentId: z.string().nullable(),
  sla: z.object({
    policyId: z.string().nullable(),
    firstResponseDueAt: Instant.nullable(),
    resolutionDueAt: Instant.nullable(),
    firstRespondedAt: Instant.nullable(),
    breached: z.array(z.string()),
  }),
});

export const OpportunitySummary = summary({
  name: z.string(),
  stage: z.string(),
  status: z.string(),
  amount: z.unknown(),
});

export const OrderSummary = summary({
  number: z.string(),
  status: z.string(),
  total: z.unknown(),
  placedAt: Instant.optional(),
});
