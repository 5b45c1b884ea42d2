import { runJobs } from '../shared/jobs/run-jobs.ts';
import { works } from './contract.ts';
import { membersWork, runsWork } from './journeys/journey-work.ts';

export const reaction = runJobs('automation', works, { 'journey-runs': runsWork, 'journey-members': membersWork });
