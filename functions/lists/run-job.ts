import { runJobs } from '../shared/jobs/run-jobs.ts';
import { bulkWork } from './bulk/bulk-work.ts';
import { undoWork } from './bulk/undo-work.ts';
import { works } from './contract.ts';
import { clearList } from './membership.ts';

export const reaction = runJobs('lists', works, { bulk: bulkWork, 'bulk-undo': undoWork, 'clear-list': clearList });
