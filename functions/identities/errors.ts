import { problem } from '../shared/http/api-error.ts';

export const identityNotFound = problem('missing', 'identity.not-found', 'The customer has no such identity.');
