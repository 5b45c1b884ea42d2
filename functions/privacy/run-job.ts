import { runJobs } from '../shared/jobs/run-jobs.ts';
import { applyRetention } from './apply-retention.ts';
import { works } from './contract.ts';
import { eraseWork } from './erasure/erase-work.ts';
import { purposeReport } from './purpose-report.ts';
import { retentionNights } from './retention-nights.ts';

export const handler = runJobs('privacy', works, {
  erase: eraseWork,
  'purpose-report': purposeReport,
  retention: applyRetention,
  'retention-nights': retentionNights,
});
