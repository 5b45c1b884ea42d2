import { problem } from '../shared/http/api-error.ts';

export const pauseNotFound = problem(
  'missing',
  'pause.not-found',
  'This is not paused: neither a campaign nor a topic.',
);

export const suppressionNotFound = problem('missing', 'suppression.not-found', 'This address is not suppressed.');
