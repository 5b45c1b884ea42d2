import { conflict, problem } from '../shared/http/api-error.ts';
import { notFound } from '../shared/http/errors.ts';

export const caseNotFound = problem('missing', 'case.not-found', 'The case does not exist.');
export const caseNotOpen = conflict('case.not-open', 'The case is closed. Reopen it first.');
export const caseNotResolved = conflict('case.not-resolved', 'The case is open. Resolve it first.');
export const caseMerged = conflict('case.merged');
export const caseMergeIntoItself = conflict(
  'case.merge-into-itself',
  'A case cannot be merged into itself. Name another case in `into`.',
);
export const caseOtherCustomer = conflict('case.other-customer');
export const caseAlreadyRated = conflict('case.rated');
export const caseNumberTaken = conflict('case.number-taken', 'Another case has this number. Try again.');

export const caseChecklistOpen = conflict('case.checklist-open');
export const caseNotSplit = conflict('case.not-split', 'The case does not have these messages.');
export const caseCompensationTooHigh = conflict('case.compensation-too-high');
export const caseReplyUnknown = problem('missing', 'case.reply-unknown', 'The case has no such scheduled reply.');
export const caseTypeNotFound = notFound('case-type');

export const macroInvalid = conflict('macro.invalid');
export const macroNotFound = notFound('macro');

export const agentFull = conflict('agent.full');
export const categoryNotFound = notFound('category');
export const queueNotFound = problem('missing', 'queue.not-found', 'The queue does not exist.');

export const linkInvalid = problem('missing', 'link.invalid', 'The link is not valid.');
