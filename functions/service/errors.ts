import { problem } from '../shared/http/api-error.ts';
import { notFound } from '../shared/http/errors.ts';

export const caseNotFound = problem('missing', 'case.not-found', 'The case does not exist.');
export const caseNotOpen = problem('conflict', 'case.not-open', 'The case is closed. Reopen it first.');
export const caseNotResolved = problem('conflict', 'case.not-resolved', 'The case is open. Resolve it first.');
export const caseMerged = problem('conflict', 'case.merged');
export const caseMergeIntoItself = problem(
  'conflict',
  'case.merge-into-itself',
  'A case cannot be merged into itself. Name another case in `into`.',
);
export const caseOtherCustomer = problem('conflict', 'case.other-customer');
export const caseAlreadyRated = problem('conflict', 'case.rated');
export const caseNumberTaken = problem('conflict', 'case.number-taken', 'Another case has this number. Try again.');

export const agentFull = problem('conflict', 'agent.full');
export const agentNotFound = notFound('agent');
export const queueNotFound = problem('missing', 'queue.not-found', 'The queue does not exist.');

export const linkInvalid = problem('missing', 'link.invalid', 'The link is not valid.');
