import { conflict, problem } from '../shared/http/api-error.ts';
import { notFound } from '../shared/http/errors.ts';

export const leadClosed = conflict('lead.closed', 'The lead is closed and cannot change.');
export const leadContactUnknown = conflict(
  'lead.contact-unknown',
  'The customer of this lead is not identified yet. Try again.',
);
export const leadExternalIdTaken = conflict(
  'lead.external-id-taken',
  'Another lead has this external id. Change that lead, or use another id.',
);
export const leadAlreadyRequested = conflict(
  'lead.requested-already',
  'The customer has a new lead of this cause already. Close it first.',
);

export const assignmentRuleNotFound = notFound('assignment-rule');
export const formBusy = problem('limited', 'form.busy', 'The form is posted to too often. Try again later.');
export const formOrigin = problem('forbidden', 'form.origin', 'This page may not post to the form.');

export const pipelineNotFound = problem('missing', 'pipeline.not-found');
export const stageInUse = conflict('pipeline.stage-in-use');

export const stageNotReady = conflict('opportunity.stage-not-ready');
export const opportunityClosed = conflict('opportunity.closed');
export const opportunityAtStage = conflict('opportunity.at-stage');
export const milestoneNotFound = problem(
  'missing',
  'milestone.not-found',
  'The opportunity has no milestone with this id.',
);
export const milestoneReached = conflict('milestone.reached', 'The milestone is reached and cannot change.');
export const opportunityExternalIdTaken = conflict(
  'opportunity.external-id-taken',
  'Another opportunity has this external id. Change that opportunity, or use another id.',
);

export const orderClosed = conflict('order.closed');
export const creditExceeded = conflict('order.credit-exceeded');
export const nothingToBill = conflict(
  'order.nothing-to-bill',
  'Nothing of the order is left to bill: deliver it first.',
);
export const orderNumberTaken = conflict(
  'order.number-taken',
  'Another order has this number. Change that order, or use another number.',
);

export const quoteNotOpen = conflict('quote.not-open');
export const approvalPending = conflict('quote.approval-pending');
export const approvalRefused = conflict('quote.approval-rejected', 'The approval was rejected. Revise the quote.');
export const approvalClosed = conflict('approval.closed');
export const notApprover = problem('forbidden', 'approval.not-approver');
export const quoteExpired = conflict('quote.expired', 'The quote was valid until an earlier day. Revise it.');
