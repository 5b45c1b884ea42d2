import * as z from 'zod';
import { event, forTriggers, internal } from './define.ts';

export const JourneyStates = z.enum(['draft', 'active', 'paused', 'draining', 'cancelled']);
export type JourneyState = z.output<typeof JourneyStates>;

export const runStates = ['running', 'done', 'converted', 'exited', 'cancelled', 'failed'] as const;

const data = z.object({ name: z.string(), state: JourneyStates, revision: z.int() });
const example = { name: 'Abandoned cart', state: 'active', revision: 1 } as const;

export const journeyCreated = event('marketing', 'journey.created', forTriggers, {
  summary: 'a journey was created',
  data: () => data,
  example,
});

export const journeyChanged = event('marketing', 'journey.changed', forTriggers, {
  summary: 'a journey was changed; runs under way finish on the steps that they began with',
  data: () => data,
  example,
});

export const journeyActivated = event('marketing', 'journey.activated', forTriggers, {
  summary: 'a journey was activated: customers enter it, and what stood still goes on',
  data: () => data,
  example,
});

export const journeyPaused = event('marketing', 'journey.paused', forTriggers, {
  summary: 'a journey was paused: nobody enters, and runs stand still',
  data: () => data,
  example: { ...example, state: 'paused' },
});

export const journeyDrained = event('marketing', 'journey.drained', forTriggers, {
  summary: 'a journey drains: nobody enters, and runs finish',
  data: () => data,
  example: { ...example, state: 'draining' },
});

export const journeyCancelled = event('marketing', 'journey.cancelled', forTriggers, {
  summary: 'a journey was cancelled for good, with its runs',
  data: () => data,
  example: { ...example, state: 'cancelled' },
});

export const journeyRemoved = event('marketing', 'journey.removed', forTriggers, {
  summary: 'a journey was deleted',
  data: () => data,
  example: { ...example, state: 'cancelled' },
});

const Key = z.union([z.string(), z.number(), z.boolean()]).nullable();
const runId = z.string();
const run = { runId: 'run_01jd5e7k3m9q2r4t6v8w0x1y2z', key: 'cart-7' };

export const journeyEntered = event('marketing', 'journey.entered', internal, {
  summary: 'a customer entered a journey; `about` is the journey',
  data: () => z.object({ runId, key: Key, trial: z.boolean() }),
  example: { ...run, trial: false },
});

export const journeyLeft = event('marketing', 'journey.left', internal, {
  summary: 'the run of a customer in a journey ended; `about` is the journey',
  data: () => z.object({ runId, key: Key, trial: z.boolean(), state: z.enum(runStates), reason: z.string() }),
  example: { ...run, trial: false, state: 'converted', reason: 'order.completed' },
});

export const runDue = event('timers', 'run.due', internal, {
  summary: 'the wait of a run is over; `about` is the run',
  data: () => z.object({ journeyId: z.string() }),
  example: { journeyId: 'jrn_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});
