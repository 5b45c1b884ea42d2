import { problem } from '../shared/http/api-error.ts';

export const reportRunning = problem(
  'conflict',
  'quality.running',
  'A quality report is being made. Wait until its job has finished.',
);
export const noHygieneRules = problem(
  'conflict',
  'hygiene.no-rules',
  'No active rule checks all customers. Activate one in the hygiene settings.',
);
