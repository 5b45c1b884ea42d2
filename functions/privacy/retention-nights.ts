import { newId } from '../../events/ids.ts';
import { hasRule, retentionSettings } from '../customers/retention-settings.ts';
import { startJob } from '../shared/jobs/job.ts';
import type { Work } from '../shared/jobs/work.ts';
import { toIso, toMs } from '../shared/time/duration.ts';
import { dayMs, instantOf, wallClock } from '../shared/time/zone.ts';
import type { RunInput } from './apply-retention.ts';

const hour = 2;

export const nextNight = (now: string, timeZone = 'UTC'): string => {
  const today = Math.floor(wallClock(timeZone, toMs(now)) / dayMs) * dayMs;
  const nights = [0, 1, 2].map(days => instantOf(timeZone, today + days * dayMs + hour * 3_600_000));
  return toIso(nights.find(night => night > toMs(now)) ?? toMs(now) + dayMs);
};

/** Starts a run each night, while there is a rule and the settings name this job. */
export const retentionNights: Work = {
  async slice({ id, by }, { now, store }) {
    const settings = await retentionSettings.of(store);
    if (settings.nights !== id || !hasRule(settings)) return { cursor: null };
    const input: RunInput = { dryRun: false, at: now };
    const { changes } = startJob(now, { id: newId('job', now), kind: 'retention', by, input });
    return { cursor: { latest: now }, at: nextNight(now, settings.timeZone), counts: { nights: 1 }, changes };
  },
};
