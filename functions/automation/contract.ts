import * as z from 'zod';
import { journeyRequested, webhookRequested } from '../../events/action.ts';
import { runDue } from '../../events/journey.ts';
import { triggerDue } from '../../events/trigger.ts';
import { internalTypes, notSubscribable } from '../shared/events/subscribable.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import { creates, Instant, lists, on, onAll, route, warning, work } from '../shared/http/contract.ts';
import { archived, triggerActive, triggerNotActive } from './errors.ts';
import { journeyRoutes } from './journeys/journey-routes.ts';
import { countsBy, Evaluated, ReplayedTime, replayExample, replayQuery } from './replay.ts';
import { Trigger, TriggerRule, TriggerState, TriggerVersion } from './trigger.ts';

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
  counts: countsBy(Outcome).describe('how many events came out how and why, the most first'),
  evaluated: Evaluated.extend({ matched: z.int() }),
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

const { if: condition, cooldown, delay, exclusive, priority, ...rule } = TriggerRule.partial().shape;

const read = { scope: 'marketing.read', reply: Trigger } as const;
const write = {
  scope: 'marketing.write',
  reply: warning(Trigger),
} as const;

export const about = 'Triggers and journeys: behaviour turns into messages and other actions.';

export const triggerRoutes = {
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
    body: z.strictObject({
      ...rule,
      if: condition.nullable(),
      cooldown: cooldown.nullable(),
      delay: delay.nullable(),
      exclusive: exclusive.nullable(),
      priority: priority.nullable(),
    }),
    errors: [archived],
    example: { if: null },
  }),
  removeTrigger: route('DELETE /v1/triggers/{id}', {
    summary: 'Delete a trigger that is not active; one that has acted can still be read by its id',
    scope: 'marketing.write',
    reply: Trigger,
    errors: [triggerActive],
  }),
  listTriggerVersions: route('GET /v1/triggers/{id}/versions', {
    summary: 'List the rules that a trigger had, newest first; decisions name the revision that acted',
    scope: 'marketing.read',
    ...lists(TriggerVersion),
  }),
  activateTrigger: route('POST /v1/triggers/{id}/activate', {
    summary: 'Activate a trigger: it acts on events from now on',
    ...write,
    errors: [archived],
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
    query: replayQuery,
    body: ReplayedTime,
    reply: Replay,
    errors: [scopeMissing],
    example: replayExample,
  }),
};

export const webhookRoutes = {
  readWebhookSecret: route('GET /v1/settings/webhooks', {
    summary: 'Read the secret that signs the calls of triggers and journeys (Standard Webhooks)',
    scope: 'settings.admin',
    reply: z.object({ secret: z.string() }),
  }),
};

export const routes = { ...triggerRoutes, ...journeyRoutes, ...webhookRoutes };

export const subscriptions = {
  evaluateTriggers: onAll('evaluates the active triggers for an event and requests their actions', [], {
    except: notSubscribable,
  }),
  advanceRuns: onAll('lets customers enter journeys by an event, and their runs go on', [], {
    except: internalTypes,
  }),
  wakeRun: on([runDue, journeyRequested], 'lets a run of a journey go on when its wait is over, and starts journeys'),
  fireDelayed: on([triggerDue], 'lets triggers act that waited, if their condition still holds'),
  callWebhook: on([webhookRequested], 'calls other systems as triggers and journeys request'),
};

export const works = {
  'journey-runs': work('lets the runs of a journey go on after a pause, or ends them'),
  'journey-members': work('lets the members of a segment enter a journey'),
};
