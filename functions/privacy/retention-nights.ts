import { newId } from '../../events/ids.ts';
import { anyRule, retentionOf } from '../customers/retention-settings.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { Work } from '../shared/jobs/work.ts';
import type { RunInput } from './apply-retention.ts';
import { nextNight } from './next-night.ts';

/** Starts a run each night, for as long as there is a rule and this is the job that is to. */
export const retentionNights: Work = {
  async slice({ id, by }, { now, store }) {
    const settings = await retentionOf(store);
    if (settings.nights !== id || !anyRule(settings)) return { cursor: null };
    const input: RunInput = { dryRun: false, at: now };
    const { changes } = startJob(now, { id: newId('job', now), kind: 'retention', by, input });
    return { cursor: { latest: now }, at: nextNight(now, settings.timeZone), counts: { nights: 1 }, changes };
  },
};
