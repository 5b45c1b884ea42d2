import { mostPurposes } from '../customers/purpose.ts';
import { problem } from '../shared/http/api-error.ts';

export const notAskable = problem(
  'conflict',
  'consent.not-askable',
  'No link can be sent on this channel. Get the confirmation in another way and record it with `proof` and `confirmed`.',
);
export const noAddress = problem('conflict', 'consent.no-address', 'The customer has no address on this channel.');
export const askedTooOften = problem(
  'limited',
  'consent.asked-too-often',
  'At most 3 links are sent per day. Try again tomorrow.',
);
export const alreadyGranted = problem('conflict', 'consent.granted', 'The customer has already granted this consent.');
export const tooManyTopics = problem('conflict', 'topic.too-many', 'At most 200 topics can exist. Delete one first.');
export const tooManyPurposes = problem(
  'conflict',
  'purpose.too-many',
  `The limit of ${mostPurposes} purposes is reached. Delete one first.`,
);
export const purposeInUse = problem(
  'conflict',
  'purpose.in-use',
  'Topics refer to this purpose. Change or delete them first.',
);

/** of a grant that may have to be confirmed by a link */
export const confirmationErrors = [notAskable, noAddress, askedTooOften];
