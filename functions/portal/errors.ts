import { problem } from '../shared/http/api-error.ts';

export const tooManyCodes = problem('limited', 'sign-in.too-often', 'Too many codes were requested. Try again later.');
export const invalidCode = problem(
  'unauthenticated',
  'sign-in.invalid-code',
  'The code is wrong, used or expired. Request a new one.',
);
export const tooManyProposals = problem(
  'conflict',
  'proposal.too-many',
  'The limit of 20 open change requests is reached. Wait until one is decided.',
);
export const proposalDecided = problem('conflict', 'proposal.decided', 'The proposal is already decided.');
export const proposalOutdated = problem(
  'conflict',
  'proposal.outdated',
  'Fields have changed since the proposal. Accept with `anyway` to overwrite them.',
);
