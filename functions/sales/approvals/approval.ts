import * as z from 'zod';
import { ApprovalState } from '../../../events/approval.ts';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { QuoteFacts, Step } from './approval-policy.ts';

const Answer = z.object({
  step: z.int(),
  outcome: z.enum(['approved', 'rejected', 'timed-out']),
  by: z.string(),
  /** whom the approver stood in for */
  for: z.string().optional(),
  reason: z.string().optional(),
  at: Instant,
});
export type Answer = z.output<typeof Answer>;

/** What has to be approved before a quote is sent, step by step. */
export const Approval = z.object({
  id: idOf('approval'),
  quoteId: idOf('quote'),
  customerId: CustomerId,
  policyId: z.string(),
  policy: z.string(),
  state: ApprovalState,
  steps: z.array(Step.omit({ if: true })),
  step: z.int().min(1).describe('the one that is waited for, from 1'),
  dueAt: Instant.nullable(),
  reasons: z.array(z.string()).describe('why it is needed'),
  facts: QuoteFacts.omit({ customer: true }),
  fourEyes: z.boolean(),
  answers: z.array(Answer),
  requestedBy: z.string(),
  ...stamps,
});
export type Approval = z.output<typeof Approval>;

export const approvals = entity('approval', Approval, {
  onMerge: 'follow',
  onErase: 'delete',
  owner: ({ customerId }) => customerId,
  lists: { all: { by: () => 'all', shards: 2 }, state: { by: ({ state }) => state } },
});
