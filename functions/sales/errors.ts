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

export const pipelineNotFound = problem('missing', 'pipeline.not-found');
export const stageInUse = conflict('pipeline.stage-in-use');

export const opportunityClosed = conflict('opportunity.closed');
export const opportunityAtStage = conflict('opportunity.at-stage');
export const opportunityExternalIdTaken = conflict(
  'opportunity.external-id-taken',
  'Another opportunity has this external id. Change that opportunity, or use another id.',
);

export const orderClosed = conflict('order.closed');
export const orderNumberTaken = conflict(
  'order.number-taken',
  'Another order has this number. Change that order, or use another number.',
);

export const quoteNotOpen = conflict('quote.not-open');
export const quoteExpired = conflict('quote.expired', 'The quote was valid until an earlier day. Revise it.');
