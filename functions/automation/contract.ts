import * as z from 'zod';
import { Instant, onAll, page, paging, route } from '../shared/http/contract.ts';
import { Trigger, TriggerRule } from './trigger.ts';

const triggerExample = {
  name: 'Viewed the AX-7',
  when: { 'detail-type': ['tracked.track'], detail: { data: { event: ['Product Viewed'] } } },
  if: { attribute: 'address.country', is: 'SG' },
  then: [{ send: { templateId: 'tpl_01jd5e7k3m9q2r4t6v8w0x1y2z', topic: 'newsletter' } }],
  state: 'active',
};

/** by attributes and consents as they are today and events as they were; caps and quiet hours do not count */
const Replay = page(
  z.object({
    customerId: z.string(),
    eventId: z.string(),
    occurredAt: Instant,
    outcome: z.enum(['reached', 'not reached']),
    reasons: z.array(z.string()),
  }),
).extend({
  /** what this page looked at; `cut`: customers with more events in that time than were read */
  evaluated: z.object({ customers: z.int(), events: z.int(), matched: z.int(), cut: z.array(z.string()) }),
});

const { if: condition, ...rule } = TriggerRule.partial().shape;

export const about = 'Triggers that turn behaviour into messages.';

export const routes = {
  createTrigger: route('POST /v1/triggers', {
    summary: 'Declare a trigger: when an event matches, and if the customer fits, then act',
    scope: 'marketing.write',
    body: TriggerRule.extend({ state: z.enum(['draft', 'active']).default('draft') }),
    reply: Trigger,
    status: 201,
    location: ({ id }) => `/v1/triggers/${id}`,
    example: triggerExample,
  }),
  listTriggers: route('GET /v1/triggers', {
    summary: 'List triggers, latest first',
    scope: 'marketing.read',
    query: z.strictObject({ state: Trigger.shape.state.optional(), ...paging }),
    reply: page(Trigger),
  }),
  readTrigger: route('GET /v1/triggers/{id}', {
    summary: 'Read a trigger',
    scope: 'marketing.read',
    reply: Trigger,
  }),
  changeTrigger: route('PATCH /v1/triggers/{id}', {
    summary: 'Change a trigger (JSON Merge Patch; `when`, `if` and `then` are replaced as a whole)',
    scope: 'marketing.write',
    body: z.strictObject({ ...rule, if: condition.nullable() }),
    reply: Trigger,
    example: { if: null },
  }),
  activateTrigger: route('POST /v1/triggers/{id}/activate', {
    summary: 'Let a trigger act on events from now on',
    scope: 'marketing.write',
    reply: Trigger,
  }),
  pauseTrigger: route('POST /v1/triggers/{id}/pause', {
    summary: 'Keep a trigger from acting',
    scope: 'marketing.write',
    reply: Trigger,
  }),
  replayTrigger: route('POST /v1/triggers/{id}/replay', {
    summary:
      'Whom a trigger would have reached in the past, and why not: a page of customers at a time, nothing is sent',
    scope: 'marketing.read',
    query: z.strictObject(paging),
    body: z
      .strictObject({ from: Instant, to: Instant })
      .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' }),
    reply: Replay,
    errors: ['scope.missing'],
    example: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-30T00:00:00.000Z' },
  }),
};

export const subscriptions = {
  evaluateTriggers: onAll('judges what happens by the triggers and requests what they order'),
};
