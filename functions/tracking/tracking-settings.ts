import * as z from 'zod';
import { entity, main } from '../shared/store/entity.ts';

const Category = z.string().trim().min(1, 'is empty').max(100);

/** what a company decides about what it records of visitors */
export const TrackingRules = z.strictObject({
  consent: z
    .strictObject({
      required: z
        .array(Category)
        .min(1, 'are none')
        .max(20)
        .describe('behaviour is recorded only of who agreed to all these categories of `context.consent`'),
      absent: z
        .enum(['record', 'drop'])
        .default('drop')
        .describe('what becomes of a call that says nothing of a category'),
    })
    .optional(),
});
export type TrackingRules = z.output<typeof TrackingRules>;

export const TrackingSettings = z.object({ ...TrackingRules.shape, version: z.int().min(0) });

export const trackingSettings = entity('tracking-settings', TrackingSettings, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'tracking'], part: main }),
});
