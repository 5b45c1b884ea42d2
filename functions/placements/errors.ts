import { problem } from '../shared/http/api-error.ts';

export const decisionNotFound = problem(
  'missing',
  'decision.not-found',
  'There is no such decision, or it is older than 30 days.',
);
