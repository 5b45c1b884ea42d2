import * as z from 'zod';
import { matchingSettingsChanged } from '../../events/duplicate.ts';
import { settings } from '../shared/store/settings.ts';

const Probability = z.number().gt(0, 'must be more than 0').max(1, 'must be 1 at most');

export const MatchingRules = z
  .strictObject({
    autoMerge: Probability.nullable()
      .default(null)
      .describe('from this probability on two records are merged automatically; null: never'),
    review: Probability.default(0.5).describe('from this probability on two records are listed as duplicates'),
  })
  .refine(({ autoMerge, review }) => autoMerge === null || review <= autoMerge, {
    path: ['autoMerge'],
    message: 'must be at least `review`: records would be merged that are not even listed',
  });
export type MatchingRules = z.output<typeof MatchingRules>;

export const MatchingSettings = MatchingRules.safeExtend({ version: z.int().min(0) });

export const matchingSettings = settings('matching', MatchingSettings, {
  untilSet: () => MatchingRules.parse({}),
  changed: matchingSettingsChanged,
});
