import * as z from 'zod';
import { events } from '#declared/events.ts';
import { Topic } from '../../events/customer.ts';
import { TemplateId, TriggerId } from '../../events/ids.ts';
import type { templateChannels } from '../content/template.ts';
import { Condition } from '../shared/conditions/condition.ts';
import { filed } from '../shared/events/filed.ts';
import { deduplicationDays, Instant, stamps } from '../shared/http/contract.ts';
import { compile, PatternError } from '../shared/patterns/pattern.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

const mostPattern = 8_192;

const When = z
  .record(z.string(), z.unknown())
  .superRefine((pattern, context) => {
    try {
      compile(pattern);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      context.addIssue({ code: 'custom', path: error.path, message: error.problem });
    }
  })
  .refine(pattern => JSON.stringify(pattern).length <= mostPattern, `is longer than ${mostPattern} characters`)
  .meta({ description: 'an EventBridge event pattern over the bus event: source, detail-type, detail' });

const actions = ['send', 'tag'] as const;

const Action = z
  .strictObject({
    send: z
      .strictObject({
        templateId: TemplateId,
        /** null: transactional, needs no consent */
        topic: Topic.nullable(),
      })
      .optional(),
    tag: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'a tag is 1 to 64 letters, digits, _ and -')
      .optional(),
  })
  .refine(
    action => actions.filter(name => action[name] !== undefined).length === 1,
    `must be exactly one of ${actions.join(', ')}`,
  );

const fields = {
  name: z.string().trim().min(1, 'is empty').max(200),
  when: When,
  if: Condition.optional(),
  then: z.array(Action).min(1, 'has no action').max(10),
};

export const TriggerRule = z.strictObject(fields);
export type TriggerRule = z.output<typeof TriggerRule>;

export const TriggerState = z.enum(['draft', 'active', 'paused']);

export const Trigger = z.object({ id: TriggerId, ...fields, state: TriggerState, ...stamps });
export type Trigger = z.output<typeof Trigger>;

export const triggers = entity('trigger', Trigger, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' }, state: { by: ({ state }) => state } },
});

/** an active trigger with all that its evaluation needs */
export type ActiveTrigger = Pick<Trigger, 'id' | 'version' | 'name' | 'when' | 'if' | 'then'> & {
  /** channel of each `send`, by its place in `then` */
  channels: Record<string, (typeof templateChannels)[number]>;
};

export const activeTriggers = filed<ActiveTrigger>('trigger');

/** That a trigger was evaluated for an event; stored as long as an event may be delivered again. */
export const evaluations = entity('evaluation', z.object({ id: z.string(), at: Instant }), {
  onErase: 'not-personal',
  expires: ({ at }) => plus(at, `P${deduplicationDays}D`),
});

/** the types of the events that triggers cannot subscribe to: triggers cause them, or timers do */
export const notSubscribable = events.filter(({ triggers }) => !triggers).map(({ name }) => name);

export const isSubscribable = (type: string) => !notSubscribable.includes(type);
