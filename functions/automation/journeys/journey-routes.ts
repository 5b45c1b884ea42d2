import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { JourneyStates, runStates } from '../../../events/journey.ts';
import { customerErased, customerMerged, customerNotFound } from '../../customers/errors.ts';
import { creates, Instant, lists, route, warning } from '../../shared/http/contract.ts';
import {
  archived,
  journeyActive,
  journeyCancelled,
  journeyInUse,
  journeyNotActive,
  journeyNotEntered,
  runUnderWay,
} from '../errors.ts';
import { countsBy, Evaluated, ReplayedTime, replayExample, replayQuery } from '../replay.ts';
import { Journey, JourneyRule, JourneyVersion } from './journey.ts';
import { Refusal, RunKey, RunReply } from './run.ts';

const { goal, exitOn, reentry, cooldown, ...rule } = JourneyRule.partial().shape;

const write = { scope: 'marketing.write', reply: warning(Journey) } as const;
const people = { scope: 'marketing.read', also: ['customers.read'] } as const;

const count = z.int().min(0);

const Counts = z.object({
  entered: count,
  ...(Object.fromEntries(runStates.filter(state => state !== 'running').map(state => [state, count])) as {
    [State in Exclude<(typeof runStates)[number], 'running'>]: typeof count;
  }),
  running: count,
  steps: z.array(z.object({ id: z.string(), entered: count })).describe('of all revisions, without trials'),
});

const Outcome = z.enum(['entered', 'not entered']);

const Replay = z.object({
  counts: countsBy(Outcome).describe('how many events or customers came out how and why, the most first'),
  steps: z.array(z.object({ id: z.string(), entered: count })).describe('how often each step was reached'),
  states: z.record(z.string(), count).describe('how the runs stood at the end of the time'),
  items: z
    .array(
      z.object({
        customerId: z.string(),
        key: RunKey.nullable(),
        at: Instant,
        outcome: Outcome,
        state: z.enum(runStates).nullable(),
        steps: z.array(z.string()),
        reasons: z.array(z.string()),
      }),
    )
    .describe('examples of each outcome and reason'),
  evaluated: Evaluated,
  nextCursor: z.string().nullable(),
});

const example = {
  name: 'Abandoned cart',
  entry: { event: 'Cart Updated', key: 'properties.cartId' },
  steps: [
    {
      waitFor: { event: 'order.completed' },
      timeout: 'PT4H',
      then: [{ exit: true }],
      onTimeout: [{ send: { templateId: 'tpl_01jd5e7k3m9q2r4t6v8w0x1y2z', topic: 'newsletter' } }],
    },
  ],
  goal: { event: 'order.completed' },
  state: 'draft',
};

export const journeyRoutes = {
  createJourney: route('POST /v1/journeys', {
    summary: 'Create a journey: who enters it, the steps of each run, and what ends it',
    ...write,
    body: JourneyRule.extend({ state: z.enum(['draft', 'active']).default('draft') }),
    ...creates('/v1/journeys'),
    example,
  }),
  listJourneys: route('GET /v1/journeys', {
    summary: 'List journeys, newest first',
    scope: 'marketing.read',
    ...lists(Journey, { state: JourneyStates.optional() }),
  }),
  readJourney: route('GET /v1/journeys/{id}', {
    summary: 'Read a journey',
    scope: 'marketing.read',
    reply: Journey,
  }),
  changeJourney: route('PATCH /v1/journeys/{id}', {
    summary:
      'Change a journey (JSON Merge Patch; whole fields are replaced). Runs finish on the steps that they began with',
    ...write,
    body: z.strictObject({
      ...rule,
      goal: goal.nullable(),
      exitOn: exitOn.nullable(),
      reentry: reentry.nullable(),
      cooldown: cooldown.nullable(),
    }),
    errors: [archived, journeyCancelled],
    example: { cooldown: 'P30D' },
  }),
  removeJourney: route('DELETE /v1/journeys/{id}', {
    summary: 'Delete a journey that is a draft or cancelled; one that had runs can still be read by its id',
    scope: 'marketing.write',
    reply: Journey,
    errors: [journeyActive, journeyInUse],
  }),
  listJourneyVersions: route('GET /v1/journeys/{id}/versions', {
    summary: 'List the versions of the steps of a journey, newest first',
    scope: 'marketing.read',
    ...lists(JourneyVersion.omit({ channels: true, shows: true })),
  }),
  activateJourney: route('POST /v1/journeys/{id}/activate', {
    summary: 'Activate a journey: customers enter it; what stood still goes on, what is overdue at once',
    ...write,
    errors: [archived, journeyCancelled],
  }),
  pauseJourney: route('POST /v1/journeys/{id}/pause', {
    summary: 'Pause a journey: nobody enters, and runs stand still until it is activated or drained',
    ...write,
    errors: [journeyCancelled, journeyNotActive],
  }),
  drainJourney: route('POST /v1/journeys/{id}/drain', {
    summary: 'Drain a journey: nobody enters, and runs finish',
    ...write,
    errors: [journeyCancelled, journeyNotActive],
  }),
  cancelJourney: route('POST /v1/journeys/{id}/cancel', {
    summary: 'Cancel a journey for good, with all of its runs',
    ...write,
  }),
  enterJourney: route('POST /v1/journeys/{id}/runs', {
    summary: 'Let a customer enter a journey; a trial enters a draft too, and is not counted',
    scope: 'marketing.write',
    body: z.strictObject({
      customerId: CustomerId,
      key: RunKey.optional(),
      data: z
        .record(z.string(), z.json())
        .refine(data => JSON.stringify(data).length <= 20_000, 'is longer than 20000 characters')
        .optional()
        .describe('for templates: `run.data`'),
      trial: z.boolean().optional(),
    }),
    reply: RunReply,
    status: 201,
    location: ({ journeyId, customerId }) => `/v1/journeys/${journeyId}/runs?customerId=${customerId}`,
    errors: [
      archived,
      customerErased,
      customerMerged,
      customerNotFound,
      journeyCancelled,
      journeyNotActive,
      journeyNotEntered,
      runUnderWay,
    ],
    example: { customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z', key: 'cart-7', trial: true },
  }),
  listRuns: route('GET /v1/journeys/{id}/runs', {
    summary: 'List the runs of a journey, the latest first',
    ...people,
    ...lists(RunReply, { customerId: CustomerId.optional(), state: z.enum(runStates).optional() }),
  }),
  listRefusals: route('GET /v1/journeys/{id}/refusals', {
    summary: 'List who did not enter a journey and why, the latest first; of each customer and key the last time',
    ...people,
    ...lists(Refusal, { customerId: CustomerId.optional() }),
  }),
  countJourney: route('GET /v1/journeys/{id}/counts', {
    summary: 'Read how many customers entered a journey and each of its steps, and how their runs ended',
    scope: 'marketing.read',
    reply: Counts,
  }),
  replayJourney: route('POST /v1/journeys/{id}/replay', {
    summary: 'Report who would have entered a journey in the past and how far they would have come; nothing is done',
    ...people,
    query: replayQuery,
    body: ReplayedTime,
    reply: Replay,
    example: replayExample,
  }),
};
