import { conflict } from '../shared/http/api-error.ts';

export const campaignNotDraft = conflict(
  'campaign.not-draft',
  'Only a draft can be changed, deleted or submitted. Create another campaign.',
);
export const campaignNotSubmitted = conflict(
  'campaign.not-submitted',
  'The campaign is not submitted. Submit it first.',
);
export const campaignNotApproved = conflict(
  'campaign.not-approved',
  'Campaigns of this company need approval. Submit it, and have it approved.',
);
export const campaignLaunchedBefore = conflict(
  'campaign.launched-before',
  'The campaign was launched before. Create another one to send again.',
);
export const campaignNotRunning = conflict('campaign.not-running', 'The campaign is not running.');
export const campaignNotPaused = conflict('campaign.not-paused', 'The campaign is not paused.');
export const campaignOver = conflict(
  'campaign.over',
  'The campaign is over: all of it was requested, or it was cancelled. What still waits of it can be cancelled.',
);
