import { conflict, problem } from '../shared/http/api-error.ts';

export const malformed = problem('malformed', 'invalid_request');

export const writeKeyTaken = conflict('write-key.taken', 'Another write key has this value. Create it again.');
export const writeKeyMissing = problem('unauthenticated', 'write-key.missing', 'The request has no write key.');
export const writeKeyInvalid = problem('unauthenticated', 'write-key.invalid', 'The write key is unknown or revoked.');
export const writeKeyBusy = problem(
  'limited',
  'quota.exceeded',
  'Too many requests with this write key. Wait as many seconds as Retry-After says, and try again.',
);
