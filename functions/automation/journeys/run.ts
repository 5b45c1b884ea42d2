import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { CustomerId, idOf, JourneyId } from '../../../events/ids.ts';
import { runStates } from '../../../events/journey.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { type Change, insert, put, remove, update } from '../../shared/store/changes.ts';
import { derivedId } from '../../shared/store/derived-id.ts';
import { entity } from '../../shared/store/entity.ts';
import type { MergedPart, Merging } from '../../shared/store/merge.ts';
import { shardedCounters } from '../../shared/store/sharded-counters.ts';
import { plus } from '../../shared/time/duration.ts';
import { runUnderWay } from '../errors.ts';

export const RunKey = z.union([z.string().max(500), z.number(), z.boolean()]);
export type RunKey = z.output<typeof RunKey> | null;

/** where a run stands: at a node since an instant; until when, where time alone lets it go on */
const Token = z.object({
  node: z.int(),
  since: Instant,
  until: Instant.optional(),
  /** it has not done what is to be done there: too much was done at once */
  due: z.literal(true).optional(),
});
export type Token = z.output<typeof Token>;

const Run = z.object({
  id: idOf('run'),
  journeyId: JourneyId,
  revision: z.int(),
  customerId: CustomerId,
  key: RunKey.nullable(),
  state: z.enum(runStates),
  at: z.string().nullable().describe('the step that it waits at, or ended at'),
  reason: z.string().nullable().describe('why it ended'),
  trial: z.boolean(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  path: z
    .array(z.object({ step: z.string(), at: Instant, why: z.string().optional() }))
    .describe('the latest 50 steps, and what decided where it went'),
  ...stamps,
});
export const RunReply = Run;

export const StoredRun = Run.extend({
  event: z.record(z.string(), z.unknown()).nullable(),
  data: z.record(z.string(), z.json()).nullable(),
  /** id of the event or request that it began with */
  cause: z.string(),
  tracker: z.string().optional(),
  tokens: z.array(Token),
  /** the timers that are set for it */
  wakes: z.array(Instant),
  joined: z.record(z.string(), z.int()),
  visits: z.record(z.string(), z.int()),
  /** ids of the events that it went on by, the latest ones */
  seen: z.array(z.string()),
  /** whether it decides about later entries, so that it is stored for good */
  counts: z.boolean(),
});
export type Run = z.output<typeof StoredRun>;

const storedFor = 'P180D';

export const slotOf = ({ journeyId, customerId, key }: Pick<Run, 'journeyId' | 'customerId' | 'key'>) =>
  `${journeyId}#${customerId}#${JSON.stringify(key)}`;

type Key = Pick<Run, 'customerId' | 'journeyId' | 'id' | 'key' | 'state'>;

const digestOf = (key: Run['key']) => derivedId('run', JSON.stringify(key));

export const journeyCounts = shardedCounters('journey-counts', 16);

/** what ended a run that was not moved there by its journey */
const countedEnd = ({ journeyId, customerId, state, trial }: Run, end: string, by = 1): Change[] =>
  state === 'running' && !trial ? journeyCounts.add(journeyId, customerId, { [end]: by }) : [];

/** A customer's way through a journey: an item in the customer's partition. */
export const runs = entity('run', StoredRun, {
  onErase: run => ({ changes: countedEnd(run, 'erased') }),
  area: 'journeys',
  onMerge: {
    merge: (...args) => mergeRun(...args),
    undo: (...args) => undoMerge(...args),
    counted: 'journeys',
  },
  // what every event looks for is apart from what has ended
  key: ({ customerId, journeyId, id, key, state }: Key) => ({
    of: ['customer', customerId],
    part: state === 'running' ? `running#${journeyId}#${id}` : `run#${journeyId}#${digestOf(key)}#${id}`,
  }),
  lists: {
    journey: { by: ({ journeyId }) => journeyId, sort: ({ startedAt }) => startedAt, shards: 8 },
    running: { by: ({ journeyId, state }) => (state === 'running' ? journeyId : undefined), shards: 8 },
  },
  unique: {
    id: { taken: runUnderWay, of: ({ id }) => id },
    slot: { taken: runUnderWay, of: run => (run.state === 'running' && !run.trial ? slotOf(run) : undefined) },
  },
  expires: ({ endedAt, counts }) => (endedAt && !counts ? plus(endedAt, storedFor) : undefined),
});

const partsFrom = (start: string) => ({ from: `${start}#`, to: `${start}$` });

/** bounds of a customer's runs in its partition: of those under way, and of those that ended, also with one key alone */
export const underWayParts = (journeyId?: string) => partsFrom(journeyId ? `running#${journeyId}` : 'running');
export const endedParts = (journeyId: string, key?: Run['key']) =>
  partsFrom(key === undefined ? `run#${journeyId}` : `run#${journeyId}#${digestOf(key)}`);

/** a run that is another one now, under its key of now */
export const savedRun = (before: Run | undefined, after: Run): Change[] => {
  if (!before) return [insert(runs, after)];
  const stays = isDeepStrictEqual(runs.key(before), runs.key(after));
  return stays ? [update(runs, before, after)] : [remove(runs, before), insert(runs, after)];
};

const ended = (run: Run, now: string, reason: string): Run => ({
  ...run,
  state: 'exited',
  reason,
  endedAt: now,
  tokens: [],
});

/** It goes on with the customer that stays; of two runs of one key the one of that customer stays. */
const mergeRun: MergedPart<Run>['merge'] = async (run, into, { store, now }) => {
  const moved: Run = { ...run, customerId: into };
  const isTaken = run.state === 'running' && !run.trial && (await store.holder(runs, 'slot', slotOf(moved)));
  const after = isTaken
    ? ended(moved, now, `the customer was merged into one whose run ${isTaken} is under way`)
    : moved;
  const counted = isTaken ? countedEnd(run, 'exited') : [];
  return { changes: [...savedRun(run, after), ...counted], undo: { before: run, after } };
};

const undoMerge = async (undo: unknown, _: Merging, { store }: Ctx): Promise<Change[]> => {
  const { before, after } = undo as { before: Run; after: Run };
  const is = (await store.get(runs, after)) ?? (await store.get(runs, { ...after, state: 'done' }));
  if (!is) return [];
  const isSame = is.version === after.version;
  const back = isSame ? before : { ...is, customerId: before.customerId };
  const counted = isSame && after.state !== before.state ? countedEnd(before, after.state, -1) : [];
  return [...savedRun(is, back), ...counted];
};

const Cooldown = z.object({ customerId: CustomerId, of: z.string(), at: Instant, lasts: z.string() });
type Cooldown = z.output<typeof Cooldown>;

/** For how long a customer is left alone by a trigger or journey: its insertion fails while it lasts. */
export const cooldowns = entity('cooldown', Cooldown, {
  onErase: 'delete',
  onMerge: { merge: (...args) => mergeCooldown(...args) },
  area: 'journeys',
  key: ({ customerId, of }: Pick<Cooldown, 'customerId' | 'of'>) => ({
    of: ['customer', customerId],
    part: `cooldown#${of}`,
  }),
  expires: ({ at, lasts }) => plus(at, lasts),
});

const mergeCooldown: MergedPart<Cooldown>['merge'] = (value, into) => ({
  changes: [put(cooldowns, { ...value, customerId: into }), remove(cooldowns, value)],
});

export const Refusal = z.object({
  customerId: CustomerId,
  journeyId: JourneyId,
  key: RunKey.nullable(),
  reason: z.string(),
  at: Instant,
});
export type Refusal = z.output<typeof Refusal>;

/** Why a customer did not enter a journey, the last time. */
export const refusals = entity('refusal', Refusal, {
  onErase: 'delete',
  area: 'journeys',
  onMerge: 'stay',
  key: ({ customerId, journeyId, key }: Pick<Refusal, 'customerId' | 'journeyId' | 'key'>) => ({
    of: ['customer', customerId],
    part: `refusal#${journeyId}#${JSON.stringify(key)}`.slice(0, 400),
  }),
  lists: {
    journey: { by: ({ journeyId }) => journeyId, sort: ({ at, customerId }) => `${at}#${customerId}`, shards: 4 },
  },
});
