import * as z from 'zod';
import { entity, main } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';

const Probability = z.number().gt(0, 'is a probability, more than 0').max(1, 'is a probability, 1 at most');

export const MatchingRules = z
  .strictObject({
    autoMerge: Probability.nullable()
      .default(null)
      .describe('from this probability on two records are merged unasked; null: never'),
    review: Probability.default(0.5).describe('from this probability on two records are shown as duplicates'),
  })
  .refine(({ autoMerge, review }) => autoMerge === null || review <= autoMerge, {
    path: ['autoMerge'],
    message: 'is less than review: what is merged unasked would not even be shown',
  });
export type MatchingRules = z.output<typeof MatchingRules>;

export const MatchingSettings = MatchingRules.safeExtend({ version: z.int().min(0) });
export type MatchingSettings = z.output<typeof MatchingSettings>;

export const matchingSettings = entity('matching-settings', MatchingSettings, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'matching'], part: main }),
});

/** the rules, or what holds until somebody sets any: nothing is merged unasked */
export const matchingRules = async (store: Store): Promise<MatchingSettings> =>
  (await store.get(matchingSettings, {})) ?? { ...MatchingRules.parse({}), version: 0 };
