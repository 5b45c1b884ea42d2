import { problem } from '../shared/http/api-error.ts';

export const notAskable = problem(
  'conflict',
  'consent.not-askable',
  'No link can be sent on this channel. Have it confirmed otherwise and record it with `proof` and `confirmed`.',
);
export const noAddress = problem(
  'conflict',
  'consent.no-address',
  'The customer has no address on this channel. Add the address first.',
);
export const askedTooOften = problem(
  'limited',
  'consent.asked-too-often',
  'The customer was sent 3 links within a day. Try again later.',
);
export const alreadyGranted = problem('conflict', 'consent.granted', 'The customer has already granted this consent.');
export const tooManyTopics = problem(
  'conflict',
  'topic.too-many',
  'The limit of 200 topics is reached. Delete a topic first.',
);

/** a grant that may have to be confirmed by a link */
export const confirmationErrors = [notAskable, noAddress, askedTooOften];
