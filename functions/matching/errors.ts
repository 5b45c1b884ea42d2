import { problem } from '../shared/http/api-error.ts';
import { notFound } from '../shared/http/errors.ts';

export const duplicateNotFound = notFound('duplicate');
export const duplicateDecided = problem('conflict', 'duplicate.decided');
export const duplicateClosed = problem(
  'conflict',
  'duplicate.closed',
  'The two records no longer look alike, or one was merged.',
);
