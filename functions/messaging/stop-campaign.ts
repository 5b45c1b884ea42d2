import { consume } from '../shared/events/consume.ts';
import { startJob } from '../shared/jobs/job.ts';
import { put } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { cancellations } from './pause.ts';

/** What waits is decided about at once, and skipped. */
export const reaction = consume(
  'stopCampaign',
  subscriptions.stopCampaign,
  async ({ about: id, occurredAt: at }, { store, now, actor }) => {
    const { changes } = startJob(now, { kind: 'resume-sending', by: actor, input: { scope: id } });
    return store.commit([put(cancellations, { id, at }), ...changes]);
  },
);
