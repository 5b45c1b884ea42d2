import * as z from 'zod';
import { byStaff, bySystem, event, internal } from './define.ts';

const campaign = z.object({ name: z.string(), state: z.string() });
const example = { name: 'Test drives in spring', state: 'draft' };

export const campaignCreated = event('marketing', 'campaign.created', byStaff, {
  summary: 'a campaign was planned',
  data: () => campaign,
  example,
});

export const campaignChanged = event('marketing', 'campaign.changed', byStaff, {
  summary: 'the plan of a campaign was changed',
  data: () => campaign,
  example,
});

export const campaignRemoved = event('marketing', 'campaign.removed', byStaff, {
  summary: 'the draft of a campaign was deleted',
  data: () => campaign,
  example,
});

export const campaignSubmitted = event('marketing', 'campaign.submitted', byStaff, {
  summary: 'a campaign was submitted for approval',
  data: () => campaign,
  example: { ...example, state: 'submitted' },
});

export const campaignApproved = event('marketing', 'campaign.approved', byStaff, {
  summary: 'a campaign was approved: it may be launched',
  data: () => campaign,
  example: { ...example, state: 'approved' },
});

export const campaignRejected = event('marketing', 'campaign.rejected', byStaff, {
  summary: 'a campaign was not approved: it is a draft again',
  data: () => campaign.extend({ reason: z.string() }),
  example: { ...example, reason: 'The offer ends before the campaign' },
});

export const campaignLaunched = event('marketing', 'campaign.launched', byStaff, {
  summary: 'a campaign was launched: its audience is written down, then it is sent',
  data: () => campaign,
  example: { ...example, state: 'running' },
});

export const campaignPaused = event('marketing', 'campaign.paused', byStaff, {
  summary: 'a campaign was paused: it sends nothing more until it is resumed',
  data: () => campaign,
  example: { ...example, state: 'paused' },
});

export const campaignResumed = event('marketing', 'campaign.resumed', byStaff, {
  summary: 'a campaign was resumed: it sends what was left when it was paused',
  data: () => campaign,
  example: { ...example, state: 'running' },
});

export const campaignCancelled = event('marketing', 'campaign.cancelled', byStaff, {
  summary: 'a campaign was cancelled: it sends nothing more',
  data: () => campaign,
  example: { ...example, state: 'cancelled' },
});

export const campaignStopped = event('marketing', 'campaign.stopped', bySystem, {
  summary: 'a campaign was paused, as the next message would exceed its budget',
  data: () => campaign.extend({ reason: z.string() }),
  example: { ...example, state: 'paused', reason: 'the next message, at 5 SGD, would exceed the budget of 100' },
});

export const campaignFinished = event('marketing', 'campaign.finished', bySystem, {
  summary: 'all messages of a campaign were requested',
  data: () => campaign,
  example: { ...example, state: 'done' },
});

export const campaignGoalOver = event('timers', 'campaign.goal-over', internal, {
  summary: 'the time in which a customer of a campaign can reach its goal is over',
  data: () => z.object({}),
  example: {},
});

export const campaignSettingsChanged = event('marketing', 'campaign-settings.changed', byStaff, {
  summary: 'whether campaigns need approval was changed',
  data: () => z.object({ approval: z.enum(['none', 'required']) }),
  example: { approval: 'required' },
});
