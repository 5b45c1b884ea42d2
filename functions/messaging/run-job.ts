import { runJobs } from '../shared/jobs/run-jobs.ts';
import { works } from './contract.ts';
import { printLetters } from './print-letters.ts';
import { resumeSending } from './resume-sending.ts';

export const reaction = runJobs('messaging', works, { 'resume-sending': resumeSending, 'print-letters': printLetters });
