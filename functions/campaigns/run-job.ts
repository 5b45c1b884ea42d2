import { runJobs } from '../shared/jobs/run-jobs.ts';
import { works } from './contract.ts';
import { sendCampaign } from './send-campaign.ts';
import { takeAudience } from './take-audience.ts';

export const reaction = runJobs('campaigns', works, {
  'campaign-audience': takeAudience,
  'campaign-send': sendCampaign,
});
