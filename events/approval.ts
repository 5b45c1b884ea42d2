import * as z from 'zod';
import { byStaff, bySystem, event, internal } from './define.ts';

export const ApprovalState = z.enum(['pending', 'approved', 'rejected', 'withdrawn']);

const Data = z.object({
  quoteId: z.string(),
  policyId: z.string(),
  state: ApprovalState,
  /** which of its steps, from 1 */
  step: z.int(),
});
const example = {
  quoteId: 'quo_01jd5e7k3m9q2r4t6v8w0x1y2z',
  policyId: 'large-discount',
  state: 'pending',
  step: 1,
} as const;

export const approvalRequested = event('sales', 'approval.requested', byStaff, {
  summary: 'a quote needs the approval of somebody; or, after one step was approved or nobody answered, of the next',
  data: () => Data.extend({ staff: z.array(z.string()), role: z.string().optional() }),
  example: { ...example, staff: ['mei'] },
});

export const approvalGranted = event('sales', 'approval.granted', byStaff, {
  summary: 'the last step of an approval was approved: the quote can be sent',
  data: () => Data,
  example: { ...example, state: 'approved' },
});

export const approvalRejected = event('sales', 'approval.rejected', byStaff, {
  summary: 'an approval was rejected, or nobody answered in time',
  data: () => Data.extend({ reason: z.string() }),
  example: { ...example, state: 'rejected', reason: 'the margin is too low' },
});

export const approvalWithdrawn = event('sales', 'approval.withdrawn', bySystem, {
  summary: 'an approval is not needed any more: its quote was revised',
  data: () => Data,
  example: { ...example, state: 'withdrawn' },
});

export const approvalDue = event('timers', 'approval.due', internal, {
  summary: 'the time to answer a step of an approval is over',
  data: () => z.object({ step: z.int() }),
  example: { step: 1 },
});

export const approvalPolicyChanged = event('admin', 'approval-policy.changed', byStaff, {
  summary: 'an approval policy was set or removed',
  data: () => z.object({ policyId: z.string(), removed: z.boolean() }),
  example: { policyId: 'large-discount', removed: false },
});
