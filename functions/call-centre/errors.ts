import { conflict, problem } from '../shared/http/api-error.ts';

export const incomingNotFound = problem('missing', 'call.not-found', 'No call with this id was reported.');
export const callWrappedUp = conflict('call.wrapped-up', 'What this call came to is recorded already.');
