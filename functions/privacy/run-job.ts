import { runJobs } from '../shared/jobs/run-jobs.ts';
import { applyRetention, retentionNights } from './apply-retention.ts';
import { works } from './contract.ts';
import { eraseWork } from './erasure/erase-work.ts';
import { purposeReport } from './purpose-report.ts';

export const reaction = runJobs('privacy', works, {
  erase: eraseWork,
  'purpose-report': purposeReport,
  retention: applyRetention,
  'retention-nights': retentionNights,
});
