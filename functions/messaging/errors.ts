import { problem } from '../shared/http/api-error.ts';

export const suppressionNotFound = problem('missing', 'suppression.not-found', 'This address is not suppressed.');
