import * as z from 'zod';
import { trackingSettingsChanged } from '../../events/tracked.ts';
import { settings } from '../shared/store/settings.ts';

const Category = z.string().trim().min(1, 'is empty').max(100);

export const TrackingRules = z.strictObject({
  consent: z
    .strictObject({
      required: z
        .array(Category)
        .min(1, 'are none')
        .max(20)
        .describe('behaviour is recorded only of visitors who agreed to all these categories of `context.consent`'),
      absent: z
        .enum(['record', 'drop'])
        .default('drop')
        .describe('what to do with a call without a preference for a category'),
    })
    .optional(),
});
export type TrackingRules = z.output<typeof TrackingRules>;

export const TrackingSettings = z.object({ ...TrackingRules.shape, version: z.int().min(0) });

export const trackingSettings = settings('tracking', TrackingSettings, {
  untilSet: () => ({}),
  changed: trackingSettingsChanged,
});
