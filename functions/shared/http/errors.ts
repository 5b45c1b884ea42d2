import { problem } from './api-error.ts';

export const tokenMissing = problem('unauthenticated', 'token.missing', 'A bearer token is required. Sign in.');
export const tokenUnknown = problem('unauthenticated', 'token.unknown', 'The token is not a valid customer token.');
export const tokenExpired = problem('unauthenticated', 'token.expired', 'The token has expired. Sign in again.');
export const tokenRevoked = problem('unauthenticated', 'token.revoked', 'The token was revoked. Sign in again.');
export const tokenWithoutTenant = problem('forbidden', 'token.no-tenant', 'The token names no tenant.');

export const quotaExceeded = problem(
  'limited',
  'quota.exceeded',
  'Too many requests of this company. Wait as many seconds as Retry-After says, and try again.',
);

export const routeNotFound = problem('missing', 'route.not-found', 'There is no route at this path.');
export const methodNotAllowed = problem('badMethod', 'route.method-not-allowed');

export const bodyTooLarge = problem('tooLarge', 'body.too-large');
export const bodyNotJson = problem('unsupported', 'body.not-json');
export const bodyTooDeep = problem('malformed', 'body.too-deep');
export const bodyMalformed = problem('malformed', 'body.malformed');
export const cursorMalformed = problem('malformed', 'cursor.malformed', 'The cursor is invalid for this list.');

export const ifMatchMalformed = problem(
  'malformed',
  'if-match.malformed',
  'If-Match takes one ETag in quotes, as the API returned it.',
);
export const versionStale = problem(
  'stale',
  'version.stale',
  'The record was changed by another request. Read it and try again.',
);
export const concurrentUpdate = problem(
  'conflict',
  'conflict.concurrent-update',
  'Too many concurrent changes. Try again.',
);
export const changeTooLarge = problem('tooLarge', 'change.too-large');

export const idempotencyMalformed = problem(
  'malformed',
  'idempotency.malformed',
  'Idempotency-Key takes 1 to 255 characters.',
);
export const idempotencyRunning = problem(
  'conflict',
  'idempotency.running',
  'The first request with this Idempotency-Key is still running. Try again.',
);
export const idempotencyReused = problem(
  'invalid',
  'idempotency.reused',
  'This Idempotency-Key was used with another request. Use a new key.',
);
export const replyErased = problem(
  'gone',
  'customer.erased',
  'The reply to this request was about a customer that has been erased.',
);

/** there is no record of a kind with the id given */
export const notFound = (kind: string) => problem('missing', `${kind}.not-found`, `There is no ${kind} with this id.`);
