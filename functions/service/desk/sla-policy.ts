import * as z from 'zod';
import { CaseClock } from '../../../events/case.ts';
import { line } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Duration } from '../../shared/time/duration.ts';
import { CaseCondition, Key } from './fields.ts';
import { EscalationAction } from './macro.ts';

/** the fields that clients write; the first policy that matches, by rank, applies */
export const SlaPolicyFields = z.strictObject({
  name: line(200),
  rank: z.int().min(0).max(1_000_000),
  match: CaseCondition.optional().describe('The cases it applies to; without: every case.'),
  firstResponse: Duration.optional(),
  nextResponse: Duration.describe('From a message of the customer to the answer.').optional(),
  resolution: Duration.optional(),
  pauseIn: z
    .array(z.enum(['queued', 'assigned', 'waiting']))
    .describe('The states in which the resolution clock is paused.')
    .default(['waiting']),
  warnBefore: Duration.describe('How long before a due time to warn, in the hours of the calendar.').optional(),
  escalations: z
    .array(
      z.strictObject({
        on: z.enum(['warning', 'breach']),
        clock: CaseClock.optional(),
        do: z.array(EscalationAction).min(1).max(20),
      }),
    )
    .max(20)
    .describe(
      'What is done when a due time comes near or is missed; without one for a breach the priority rises by one.',
    )
    .optional(),
  calendarId: Key.describe('The hours in which time counts; without: always.').optional(),
});

export const SlaPolicy = z.object({ id: Key, ...SlaPolicyFields.shape, ...stamps });
export type SlaPolicy = z.output<typeof SlaPolicy>;

export const slaPolicies = entity('sla-policy', SlaPolicy, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['sla-policy', 'all'], part: id }),
});
