import * as z from 'zod';
import { scopeMissing } from '../shared/http/api-error.ts';
import { creates, Instant, lists, onAll, paging, route, warning } from '../shared/http/contract.ts';
import { triggerNotActive } from './errors.ts';
import { notSubscribable, Trigger, TriggerRule, TriggerState } from './trigger.ts';

const triggerExample = {
  name: 'Viewed the AX-7',
  when: { 'detail-type': ['tracked.track'], detail: { data: { event: ['Product Viewed'] } } },
  if: { attribute: 'address.country', is: 'SG' },
  then: [{ send: { templateId: 'tpl_01jd5e7k3m9q2r4t6v8w0x1y2z', topic: 'newsletter' } }],
  state: 'active',
};

const Outcome = z.enum(['reached', 'not reached']);

/** by attributes, consents, cases and invoices as they are now, and events as they were */
const Replay = z.object({
  counts: z
    .array(z.object({ outcome: Outcome, reason: z.string().nullable(), count: z.int() }))
    .describe('how many events came out how and why, the most first'),
  /** what this page covered; `cut`: customers with more events in that period than were read */
  evaluated: z.object({ customers: z.int(), events: z.int(), matched: z.int(), cut: z.array(z.string()) }),
  items: z
    .array(
      z.object({
        customerId: z.string(),
        eventId: z.string(),
        occurredAt: Instant,
        outcome: Outcome,
        reasons: z.array(z.string()),
      }),
    )
    .describe('examples of each outcome and reason'),
  nextCursor: z.string().nullable(),
});

const replayPaging = {
  ...paging,
  limit: z.coerce.number().int().min(1).max(1000).default(500).describe('customers that are looked at'),
  examples: z.coerce.number().int().min(1).max(100).default(20).describe('of each outcome and reason'),
};

const { if: condition, ...rule } = TriggerRule.partial().shape;

const read = { scope: 'marketing.read', reply: Trigger } as const;
const write = {
  scope: 'marketing.write',
  reply: warning(Trigger),
} as const;

export const about = 'Triggers that turn behaviour into messages.';

export const routes = {
  createTrigger: route('POST /v1/triggers', {
    summary: 'Create a trigger: when an event matches and the customer meets the condition, act',
    ...write,
    body: TriggerRule.extend({ state: z.enum(['draft', 'active']).default('draft') }),
    ...creates('/v1/triggers'),
    example: triggerExample,
  }),
  listTriggers: route('GET /v1/triggers', {
    summary: 'List triggers, newest first',
    scope: 'marketing.read',
    ...lists(Trigger, { state: TriggerState.optional() }),
  }),
  readTrigger: route('GET /v1/triggers/{id}', { summary: 'Read a trigger', ...read }),
  changeTrigger: route('PATCH /v1/triggers/{id}', {
    summary: 'Change a trigger (JSON Merge Patch; `when`, `if` and `then` are replaced as a whole)',
    ...write,
    body: z.strictObject({ ...rule, if: condition.nullable() }),
    example: { if: null },
  }),
  activateTrigger: route('POST /v1/triggers/{id}/activate', {
    summary: 'Activate a trigger: it acts on events from now on',
    ...write,
  }),
  pauseTrigger: route('POST /v1/triggers/{id}/pause', {
    summary: 'Pause a trigger: it no longer acts on events',
    ...write,
    errors: [triggerNotActive],
  }),
  replayTrigger: route('POST /v1/triggers/{id}/replay', {
    summary:
      'Report how many customers a trigger would have reached in the past, and why not the others, with examples; nothing is sent',
    scope: 'marketing.read',
    query: z.strictObject(replayPaging),
    body: z
      .strictObject({ from: Instant, to: Instant })
      .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' }),
    reply: Replay,
    errors: [scopeMissing],
    example: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-30T00:00:00.000Z' },
  }),
};

export const subscriptions = {
  evaluateTriggers: onAll('evaluates the active triggers for an event and requests their messages and tags', [], {
    except: notSubscribable,
  }),
};
