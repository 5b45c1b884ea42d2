import * as z from 'zod';
import { busSettingsChanged } from '../../../events/tracked.ts';
import { settings } from '../store/settings.ts';

export const BusRules = z.strictObject({
  sources: z
    .array(z.string().trim().min(1, 'is empty').max(256))
    .max(50)
    .nullable()
    .describe('sources of events on the bus that act for this tenant; null: not decided'),
});

export const BusSettings = z.object({ ...BusRules.shape, version: z.int().min(0) });

export const busSettings = settings('bus', BusSettings, {
  untilSet: () => ({ sources: null }),
  changed: busSettingsChanged,
});
