import { problem } from '../shared/http/api-error.ts';
import { notFound } from '../shared/http/errors.ts';

export const customerOnHold = problem(
  'conflict',
  'customer.on-hold',
  'The customer is under a legal hold. Lift the hold first.',
);
export const holdNotFound = notFound('hold');
export const holdPast = problem('invalid', 'hold.past', '`until` is in the past.');
export const retentionNotSet = problem(
  'conflict',
  'retention.not-set',
  'There are no retention rules. Set them with PUT /v1/settings/retention first.',
);
export const runNotFound = problem('missing', 'job.not-found', 'There is no such retention run.');
export const tooManyExports = problem('limited', 'export.too-often', 'Too many exports were made today. Try tomorrow.');
