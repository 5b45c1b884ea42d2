import { conflict } from '../shared/http/api-error.ts';

export const jobFinished = conflict('job.finished', 'The job has ended already.');
export const jobNotCancellable = conflict(
  'job.not-cancellable',
  'The job cannot be cancelled: what it has begun must be finished.',
);
