import { conflict } from '../shared/http/api-error.ts';

export const jobFinished = conflict('job.finished', 'The job has ended already.');
