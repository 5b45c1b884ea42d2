import * as z from 'zod';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Duration } from '../../shared/time/duration.ts';
import { CaseCondition } from './case-condition.ts';
import { Key, line } from './keys.ts';

/** what is said of a policy; the first that matches by rank holds */
export const SlaPolicySettings = z.strictObject({
  name: line,
  rank: z.int().min(0).max(1_000_000),
  /** without: every case */
  match: CaseCondition.optional(),
  firstResponse: Duration.optional(),
  resolution: Duration.optional(),
  /** without: the clock always runs */
  calendarId: Key.optional(),
});

export const SlaPolicy = z.object({ id: Key, ...SlaPolicySettings.shape, ...stamps });
export type SlaPolicy = z.output<typeof SlaPolicy>;

export const slaPolicies = entity('sla-policy', SlaPolicy, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['sla-policy', 'all'], part: id }),
});
