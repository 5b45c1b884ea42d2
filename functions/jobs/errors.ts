import { problem } from '../shared/http/api-error.ts';

export const jobFinished = problem('conflict', 'job.finished', 'The job has ended already.');
