import * as z from 'zod';
import { CustomerId, TriggerId } from '../../events/ids.ts';
import { Condition } from '../shared/conditions/condition.ts';
import { Pattern } from '../shared/conditions/event-condition.ts';
import { filed } from '../shared/events/filed.ts';
import { exactlyOne, line } from '../shared/fields.ts';
import { deduplicationDays, Instant, stamps } from '../shared/http/contract.ts';
import { archivedAt, archiving } from '../shared/store/archive.ts';
import { entity } from '../shared/store/entity.ts';
import { versionPart } from '../shared/store/version-parts.ts';
import { Duration, plus } from '../shared/time/duration.ts';
import { actionParts, type Resolved } from './actions.ts';

const mostPattern = 8_192;

const When = Pattern.refine(
  pattern => JSON.stringify(pattern).length <= mostPattern,
  `is longer than ${mostPattern} characters`,
).meta({ description: 'an EventBridge event pattern over the bus event: source, detail-type, detail' });

const Action = exactlyOne(actionParts);

const fields = {
  name: z.string().trim().min(1, 'is empty').max(200),
  when: When,
  if: Condition.optional(),
  then: z.array(Action).min(1, 'has no action').max(10),
  cooldown: Duration.optional().describe('how long after it acted it leaves the customer alone'),
  delay: Duration.optional().describe('how long after the event it acts, if the condition holds then as well'),
  exclusive: line(60)
    .optional()
    .describe('of the triggers with the same text here only one acts on an event: the one of the highest priority'),
  priority: z.int().min(-1_000).max(1_000).optional().describe('0 unless set'),
};

export const TriggerRule = z.strictObject(fields);
export type TriggerRule = z.output<typeof TriggerRule>;

export const TriggerState = z.enum(['draft', 'active', 'paused']);

const revision = z.int().describe('counts the versions of its rule; decisions name it');

export const Trigger = z.object({ id: TriggerId, ...fields, state: TriggerState, revision, archivedAt, ...stamps });
export type Trigger = z.output<typeof Trigger>;

export const triggers = entity('trigger', Trigger, {
  onErase: 'not-personal',
  lists: archiving({ all: { by: () => 'all' }, state: { by: ({ state }) => state } }),
  upcasts: [old => ({ revision: 1, ...old })],
});

export const TriggerVersion = TriggerRule.extend({ triggerId: TriggerId, revision, at: Instant, by: z.string() });
export type TriggerVersion = z.output<typeof TriggerVersion>;

/** The rules that a trigger had, and has. */
export const triggerVersions = entity('trigger-version', TriggerVersion, {
  onErase: 'not-personal',
  key: ({ triggerId, revision }: Pick<TriggerVersion, 'triggerId' | 'revision'>) => ({
    of: ['trigger', triggerId],
    part: versionPart(revision),
  }),
});

/** an active trigger with all that its evaluation needs */
export type ActiveTrigger = Omit<Trigger, 'state' | 'archivedAt' | 'createdAt' | 'updatedAt'> & Resolved;

export const activeTriggers = filed<ActiveTrigger>('trigger');

const Firing = z.object({
  customerId: CustomerId,
  eventId: z.string(),
  trigger: z.looseObject({ id: TriggerId }),
  event: z.looseObject({ id: z.string(), type: z.string(), occurredAt: z.string(), actor: z.string() }),
  dueAt: Instant,
});

/** A trigger that acts later: what it acts by, in the partition of the customer that the event was about. */
export const firings = entity('firing', Firing, {
  onErase: 'delete',
  area: 'decisions',
  onMerge: 'stay',
  key: ({
    customerId,
    eventId,
    trigger,
  }: Pick<z.output<typeof Firing>, 'customerId' | 'eventId'> & { trigger: { id: string } }) => ({
    of: ['customer', customerId],
    part: `firing#${eventId}#${trigger.id}`,
  }),
  expires: ({ dueAt }) => plus(dueAt, `P${deduplicationDays}D`),
});
