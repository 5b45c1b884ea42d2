import * as z from 'zod';
import { idOf, JourneyId } from '../../../events/ids.ts';
import { JourneyStates } from '../../../events/journey.ts';
import { Condition } from '../../shared/conditions/condition.ts';
import { Where } from '../../shared/conditions/event-condition.ts';
import { filed } from '../../shared/events/filed.ts';
import { line } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { archivedAt, archiving } from '../../shared/store/archive.ts';
import { entity } from '../../shared/store/entity.ts';
import { versionPart } from '../../shared/store/version-parts.ts';
import { weekdays } from '../../shared/time/calendar.ts';
import { Duration, parseDuration } from '../../shared/time/duration.ts';
import { TimeOfDay } from '../../shared/time/time-of-day.ts';
import { isTimeZone } from '../../shared/time/zone.ts';
import { type Action, actionNames, actionParts } from '../actions.ts';

const EventName = z.string().min(1).max(200);
const Path = z
  .string()
  .regex(/^[^.\s]+(\.[^.]+)*$/, 'must be a path such as properties.cartId')
  .max(200);

/** what a journey or a step waits for: an event of the customer, or a condition */
export const Awaited = z
  .strictObject({
    event: EventName.optional(),
    where: Where.optional(),
    sameKey: z.boolean().optional().describe('the event must have the key of the run'),
    if: Condition.optional(),
  })
  .superRefine(({ event, where, sameKey, if: condition }, context) => {
    const issue = (message: string) => context.addIssue({ code: 'custom', message });
    if ((event === undefined) === (condition === undefined)) issue('must have exactly one of event, if');
    if (event === undefined && (where || sameKey !== undefined)) issue('where and sameKey belong to an event');
  });
export type Awaited = z.output<typeof Awaited>;

const isOffset = (text: string) => {
  try {
    return Boolean(parseDuration(text));
  } catch {
    return false;
  }
};

const Until = z
  .strictObject({
    date: z.union([Path, z.array(Path).min(1).max(10)]).optional(),
    offset: z.string().max(60).refine(isOffset, 'must be an ISO 8601 duration such as -P1D or PT2H').optional(),
    time: TimeOfDay.optional(),
    weekdays: z.array(z.enum(weekdays)).min(1).max(7).optional(),
    timeZone: z.string().max(60).refine(isTimeZone, 'must be an IANA time zone such as Asia/Singapore').optional(),
  })
  .superRefine((until, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ((until.date === undefined) === (until.time === undefined)) issue([], 'must have exactly one of date, time');
    if (until.offset !== undefined && until.date === undefined) issue(['offset'], 'belongs to a date');
    for (const name of ['weekdays', 'timeZone'] as const)
      if (until[name] !== undefined && until.time === undefined) issue([name], 'belongs to a time');
  });
export type Until = z.output<typeof Until>;

export type Step = { id?: string | undefined } & Action & {
    wait?: string | undefined;
    until?: Until | undefined;
    waitFor?: Awaited | undefined;
    timeout?: string | undefined;
    then?: Step[] | undefined;
    onTimeout?: Step[] | undefined;
    branch?: { if: Condition; then: Step[] }[] | undefined;
    else?: Step[] | undefined;
    split?: { percent: number; then: Step[] }[] | undefined;
    parallel?: Step[][] | undefined;
    goto?: string | undefined;
    exit?: true | undefined;
  };

const StepId = z.string().regex(/^[\w.-]{1,64}$/, 'is 1 to 64 letters, digits, dots, dashes and underscores');

export const stepKinds = [
  ...actionNames,
  'wait',
  'until',
  'waitFor',
  'branch',
  'split',
  'parallel',
  'goto',
  'exit',
] as const;

const belonging: Record<string, string> = { timeout: 'waitFor', then: 'waitFor', onTimeout: 'waitFor', else: 'branch' };

const stepFaults = (step: Record<string, unknown>): [path: string[], message: string][] => {
  const kinds = stepKinds.filter(kind => step[kind] !== undefined);
  if (kinds.length !== 1) return [[[], `must have exactly one of ${stepKinds.join(', ')}`]];
  const strays = Object.keys(belonging).filter(name => step[name] !== undefined && belonging[name] !== kinds[0]);
  if (strays.length) return strays.map(name => [[name], `belongs to ${belonging[name]}`]);
  return kinds[0] === 'waitFor' && step.timeout === undefined ? [[['timeout'], 'is missing: how long it waits']] : [];
};

const most = { arms: 20, steps: 200, depth: 8 };

const stepList = (): z.ZodArray<z.ZodType<Step>> => z.array(StepSchema).max(most.steps);

export const StepSchema: z.ZodType<Step> = z
  .strictObject({
    id: StepId.optional(),
    ...actionParts,
    wait: Duration.optional(),
    until: Until.optional(),
    waitFor: Awaited.optional(),
    timeout: Duration.optional(),
    get then() {
      return stepList().optional();
    },
    get onTimeout() {
      return stepList().optional();
    },
    get branch(): z.ZodOptional<z.ZodArray<z.ZodType<{ if: Condition; then: Step[] }>>> {
      return z
        .array(z.strictObject({ if: Condition, then: stepList() }))
        .min(1)
        .max(most.arms)
        .optional();
    },
    get else() {
      return stepList().optional();
    },
    get split(): z.ZodOptional<z.ZodArray<z.ZodType<{ percent: number; then: Step[] }>>> {
      return z
        .array(z.strictObject({ percent: z.number().min(0).max(100), then: stepList() }))
        .min(1)
        .max(most.arms)
        .optional();
    },
    get parallel(): z.ZodOptional<z.ZodArray<z.ZodArray<z.ZodType<Step>>>> {
      return z.array(stepList().min(1)).min(1).max(most.arms).optional();
    },
    goto: StepId.optional(),
    exit: z.literal(true).optional(),
  })
  .superRefine((step, context) => {
    for (const [path, message] of stepFaults(step)) context.addIssue({ code: 'custom', path, message });
  })
  .meta({
    id: 'JourneyStep',
    description: `A step of a journey: exactly one of ${stepKinds.join(', ')}.`,
    examples: [
      { wait: 'PT4H' },
      { waitFor: { event: 'order.completed' }, timeout: 'P2D', onTimeout: [{ tag: 'cold' }] },
    ],
  }) as unknown as z.ZodType<Step>;

/** the lists of steps within a step, with their paths */
export const innerLists = (step: Step): { path: string; steps: Step[] }[] => [
  ...(step.then ? [{ path: 'then', steps: step.then }] : []),
  ...(step.onTimeout ? [{ path: 'onTimeout', steps: step.onTimeout }] : []),
  ...(step.branch ?? []).map(({ then }, nth) => ({ path: `branch.${nth}.then`, steps: then })),
  ...(step.else ? [{ path: 'else', steps: step.else }] : []),
  ...(step.split ?? []).map(({ then }, nth) => ({ path: `split.${nth}.then`, steps: then })),
  ...(step.parallel ?? []).map((steps, nth) => ({ path: `parallel.${nth}`, steps })),
];

/** every step with its path: `steps.2.then.0` */
export const stepsIn = (steps: Step[], at = 'steps'): { step: Step; path: string }[] =>
  steps.flatMap((step, nth) => {
    const path = `${at}.${nth}`;
    return [{ step, path }, ...innerLists(step).flatMap(one => stepsIn(one.steps, `${path}.${one.path}`))];
  });

const Entry = z
  .strictObject({
    event: EventName.optional(),
    where: Where.optional(),
    key: Path.optional().describe('where the event has the key of the run, such as properties.cartId'),
    segment: idOf('segment').optional(),
    members: z.enum(['new', 'all']).optional().describe('all: also those who are in the segment at activation'),
    api: z.literal(true).optional(),
    if: Condition.optional(),
  })
  .superRefine((entry, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ([entry.event, entry.segment, entry.api].filter(one => one !== undefined).length !== 1)
      issue([], 'must have exactly one of event, segment, api');
    for (const name of ['where', 'key'] as const)
      if (entry[name] !== undefined && !entry.event) issue([name], 'belongs to an event');
    if (entry.members && !entry.segment) issue(['members'], 'belongs to a segment');
  });

const depthOf = (steps: Step[]): number =>
  1 + Math.max(0, ...steps.flatMap(innerLists).map(({ steps }) => depthOf(steps)));

const fields = {
  name: line(200),
  entry: Entry,
  steps: z
    .array(StepSchema)
    .min(1, 'has no step')
    .refine(steps => stepsIn(steps).length <= most.steps, `has more than ${most.steps} steps`)
    .refine(steps => depthOf(steps) <= most.depth, `is deeper than ${most.depth} levels`),
  goal: Awaited.optional(),
  exitOn: z.array(Awaited).max(10).optional(),
  reentry: z
    .enum(['always', 'once', 'oncePerKey'])
    .optional()
    .describe('oncePerKey where the entry has a key, else always: after the run has ended'),
  cooldown: Duration.optional().describe('how long after an entry the customer cannot enter again'),
};

export const JourneyRule = z.strictObject(fields);
export type JourneyRule = z.output<typeof JourneyRule>;

export const Journey = z.object({
  id: JourneyId,
  ...fields,
  state: JourneyStates,
  revision: z.int().describe('counts the versions of its steps: a run finishes on the one that it began with'),
  activatedAt: Instant.nullable(),
  archivedAt,
  ...stamps,
});

const StoredJourney = Journey.extend({
  /** keys of the events that it is filed under: those of earlier revisions too, whose runs may be under way */
  keys: z.array(z.string()),
});
export type Journey = z.output<typeof StoredJourney>;

export const journeys = entity('journey', StoredJourney, {
  onErase: 'not-personal',
  lists: archiving({ all: { by: () => 'all' }, state: { by: ({ state }) => state } }),
});

/** What a run follows to its end: the steps and what ends them, as they were when it began. */
export const JourneyVersion = z.object({
  journeyId: JourneyId,
  revision: z.int(),
  entry: Entry,
  steps: fields.steps,
  goal: Awaited.optional(),
  exitOn: z.array(Awaited).optional(),
  channels: z.record(z.string(), z.string()),
  shows: z.array(z.string()),
  at: Instant,
  by: z.string(),
});
export type JourneyVersion = z.output<typeof JourneyVersion>;

export const journeyVersions = entity('journey-version', JourneyVersion, {
  onErase: 'not-personal',
  key: ({ journeyId, revision }: { journeyId: string; revision: number }) => ({
    of: ['journey', journeyId],
    part: versionPart(revision),
  }),
});

export const activeJourneys = filed<{ id: string }>('journey');

export const reentryOf = ({ reentry, entry }: Pick<Journey, 'reentry' | 'entry'>) =>
  reentry ?? (entry.key ? 'oncePerKey' : 'always');
