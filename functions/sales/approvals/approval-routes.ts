import * as z from 'zod';
import { ApprovalState } from '../../../events/approval.ts';
import { UserId } from '../../shared/fields.ts';
import { lists, page, paging, route, warning } from '../../shared/http/contract.ts';
import { approvalClosed, notApprover } from '../errors.ts';
import { Reason } from '../fields.ts';
import { Approval } from './approval.ts';
import { Delegation, DelegationFields, Policy, PolicyFields } from './approval-policy.ts';

const admin = { scope: 'settings.admin' } as const;
const read = { scope: 'approvals.read' } as const;
const answer = { scope: 'approvals.write' as const, reply: Approval, errors: [approvalClosed, notApprover] };

export const approvalRoutes = {
  putApprovalPolicy: route('PUT /v1/approval-policies/{id}', {
    summary: 'Create or replace an approval policy: which quotes need whose approval before they are sent',
    ...admin,
    body: PolicyFields,
    reply: warning(Policy),
    location: ({ id }) => `/v1/approval-policies/${id}`,
    example: {
      name: 'Large discounts',
      rank: 10,
      match: { attribute: 'discount', gt: 15 },
      steps: [{ approvers: { staff: ['mei'] }, within: 'P2D' }, { approvers: { role: 'admin' } }],
    },
  }),
  listApprovalPolicies: route('GET /v1/approval-policies', {
    summary: 'List approval policies, by id',
    ...read,
    ...lists(Policy),
  }),
  readApprovalPolicy: route('GET /v1/approval-policies/{id}', {
    summary: 'Read an approval policy',
    ...read,
    reply: Policy,
  }),
  removeApprovalPolicy: route('DELETE /v1/approval-policies/{id}', {
    summary: 'Remove an approval policy; approvals that were asked for stay',
    ...admin,
    reply: Policy,
  }),
  findApprovals: route('GET /v1/approvals', {
    summary: 'List approvals, latest first, by state and by who can give them now, delegations included',
    ...read,
    query: z.strictObject({ state: ApprovalState.optional(), approverId: UserId.optional(), ...paging }),
    reply: page(Approval),
  }),
  readApproval: route('GET /v1/approvals/{id}', { summary: 'Read an approval', ...read, reply: Approval }),
  approve: route('POST /v1/approvals/{id}/approve', {
    summary: 'Approve the step that is waited for; after the last one the quote can be sent',
    ...answer,
    body: z.strictObject({ reason: Reason.optional() }),
    example: {},
  }),
  reject: route('POST /v1/approvals/{id}/reject', {
    summary: 'Reject an approval: the quote cannot be sent, but revised',
    ...answer,
    body: z.strictObject({ reason: Reason }),
    example: { reason: 'the margin is too low' },
  }),
  putDelegation: route('PUT /v1/approval-delegations/{userId}', {
    summary: 'Let another member of staff give one’s approvals for some days; for others only with settings.admin',
    scope: 'approvals.write',
    body: DelegationFields,
    reply: Delegation,
    location: ({ id }) => `/v1/approval-delegations/${id}`,
    errors: [notApprover],
    example: { to: 'ravi', until: '2027-01-10' },
  }),
  listDelegations: route('GET /v1/approval-delegations', {
    summary: 'List delegations of approvals',
    ...read,
    ...lists(Delegation),
  }),
};
