import { conflict, problem } from '../shared/http/api-error.ts';

export const tooManyCodes = problem('limited', 'sign-in.too-often', 'Too many codes were requested. Try again later.');
export const tooManyTries = problem('limited', 'sign-in.too-many-tries', 'Too many codes were tried. Try again later.');
export const invalidCode = problem(
  'unauthenticated',
  'sign-in.invalid-code',
  'The code or its nonce is invalid. Send the nonce of the request of the code, or request a new code.',
);
export const tooManyProposals = conflict('proposal.too-many', 'At most 20 change requests can be open.');
export const proposalDecided = conflict('proposal.decided', 'The change request is already decided.');
export const proposalOutdated = conflict('proposal.outdated', 'Fields have changed. Send `anyway` to overwrite.');
