import { problem } from '../shared/http/api-error.ts';

export const duplicateNotFound = problem('missing', 'duplicate.not-found', 'This duplicate does not exist.');
export const duplicateDecided = problem('conflict', 'duplicate.decided');
export const duplicateClosed = problem(
  'conflict',
  'duplicate.closed',
  'The two records no longer look alike, or one was merged.',
);
