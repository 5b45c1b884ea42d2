import { consume } from '../shared/events/consume.ts';
import { startJob } from '../shared/jobs/job.ts';
import { save } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { campaignStops, type Stop } from './pause.ts';

const states: Record<string, Stop['state']> = {
  'campaign.paused': 'paused',
  'campaign.resumed': 'running',
  'campaign.cancelled': 'cancelled',
};

/** What waits is decided about at once, but while the campaign is paused. */
export const reaction = consume(
  'stopCampaign',
  subscriptions.stopCampaign,
  async ({ type, about: id, occurredAt: at }, { store, now, actor }) => {
    const state = states[type]!;
    const before = await store.get(campaignStops, { id });
    // deliveries swap
    if (before?.state === 'cancelled' || (before && before.at > at && state !== 'cancelled')) return;
    const { changes } = startJob(now, { kind: 'resume-sending', by: actor, input: { scope: id } });
    const after = { id, state, at, version: (before?.version ?? 0) + 1 };
    await store.commit([save(campaignStops, before, after), ...(state === 'paused' ? [] : changes)]);
  },
);
