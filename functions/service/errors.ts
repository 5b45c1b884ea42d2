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

export const agentFull = conflict('agent.full');
export const agentNotFound = notFound('agent');
export const categoryNotFound = notFound('category');
export const queueNotFound = problem('missing', 'queue.not-found', 'The queue does not exist.');

export const linkInvalid = problem('missing', 'link.invalid', 'The link is not valid.');
