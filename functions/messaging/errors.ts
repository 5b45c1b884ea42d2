import { conflict, problem } from '../shared/http/api-error.ts';
import { notFound } from '../shared/http/errors.ts';

export const messageNotFound = notFound('message');
export const tooManyDevices = conflict('device.too-many', 'The customer has 20 devices. Remove one first.');
export const noCallDue = problem('missing', 'call.none-due', 'No call is due that nobody has.');
export const callDone = conflict('call.done', 'This call has ended already.');
export const letterNotFound = notFound('letter');
export const letterFileNotFound = notFound('letter file');
export const letterNotPrinted = conflict(
  'letter.not-printed',
  'This letter was not printed: it cannot have come back.',
);
export const pauseNotFound = problem(
  'missing',
  'pause.not-found',
  'This is not paused: neither a campaign nor a topic.',
);

export const suppressionNotFound = problem('missing', 'suppression.not-found', 'This address is not suppressed.');
