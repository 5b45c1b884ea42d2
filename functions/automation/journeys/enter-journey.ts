import type { Id } from '../../../events/ids.ts';
import { factsFor } from '../../customer-facts/reads.ts';
import { evaluate } from '../../shared/conditions/condition.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, created, insert, put } from '../../shared/store/changes.ts';
import { decided } from '../../shared/store/decision.ts';
import { derivedId } from '../../shared/store/derived-id.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import { dayOf, plus } from '../../shared/time/duration.ts';
import { isLooping, mayLoop } from '../pace.ts';
import { type Happened, snapshotOf } from './advance.ts';
import { type Journey, reentryOf } from './journey.ts';
import { advanced, runChanges } from './move-run.ts';
import { cooldowns, endedParts, type Run, type RunKey, refusals, runs, underWayParts } from './run.ts';
import { planFor } from './versions.ts';

export type Entering = {
  /** id of the event or request: the same enters once */
  cause: string;
  /** when it happened: what happens later counts for the run */
  at: string;
  key: RunKey;
  event?: Happened | undefined;
  /** the event of the trigger or journey that starts it, as templates see it */
  shown?: Record<string, unknown> | undefined;
  data?: Run['data'];
  tracker?: string | undefined;
  /** the event or request, if it may be of automation itself */
  by?: { type: string; actor: string } | undefined;
  trial?: boolean | undefined;
};

const runsIn = (store: Store, customerId: string, within: ReturnType<typeof endedParts>): Promise<Run[]> =>
  Array.fromAsync(everyRecord(store, runs, ['customer', customerId], { within }));

export const runsUnderWay = (store: Store, customerId: string, journeyId?: string) =>
  runsIn(store, customerId, underWayParts(journeyId));

export const runsOf = async (store: Store, customerId: string, journeyId: string): Promise<Run[]> =>
  (
    await Promise.all([runsUnderWay(store, customerId, journeyId), runsIn(store, customerId, endedParts(journeyId))])
  ).flat();

/** the runs that may speak against another one */
const countedRuns = async (journey: Journey, customerId: string, key: RunKey, store: Store): Promise<Run[]> => {
  const policy = reentryOf(journey);
  const ended = endedParts(journey.id, policy === 'once' ? undefined : key);
  const [running, past] = await Promise.all([
    runsUnderWay(store, customerId, journey.id),
    policy === 'always' ? [] : runsIn(store, customerId, ended),
  ]);
  return [...running, ...past];
};

/** the id is the claim of what there may be only one of */
const idOfRun = (journey: Journey, customerId: string, { key, cause, trial }: Entering): Id<'run'> => {
  const policy = trial ? 'always' : reentryOf(journey);
  if (policy === 'once') return derivedId('run', journey.id, customerId);
  if (policy === 'oncePerKey') return derivedId('run', journey.id, customerId, JSON.stringify(key));
  return derivedId('run', journey.id, customerId, JSON.stringify(key), cause);
};

type Past = { runs: Pick<Run, 'state' | 'key' | 'trial' | 'startedAt'>[]; coolsUntil: string | undefined };

/** Why a customer does not enter, by the runs that it had; undefined: nothing speaks against it. Pure. */
export const refusalOf = (
  journey: Pick<Journey, 'entry' | 'reentry'>,
  { key }: { key: RunKey },
  { runs: had, coolsUntil }: Past,
  now: string,
): string | undefined => {
  const counted = had.filter(({ trial }) => !trial);
  const same = counted.filter(run => run.key === key);
  if (journey.entry.key && key === null)
    return `there is no key: the event has nothing at ${journey.entry.key}, or the request names none`;
  if (same.some(({ state }) => state === 'running')) return 'a run is under way';
  const policy = reentryOf(journey);
  if (policy === 'once' && counted.length) return 'entered before: once';
  if (policy === 'oncePerKey' && same.length) return 'entered before with this key: once per key';
  if (coolsUntil && coolsUntil > now) return `entered before: cools down until ${coolsUntil}`;
  return undefined;
};

const coolsUntil = async (journey: Journey, customerId: string, store: Store) => {
  if (!journey.cooldown) return undefined;
  const found = await store.get(cooldowns, { customerId: customerId as Run['customerId'], of: journey.id });
  return found && plus(found.at, found.lasts);
};

/** a run before its first step */
export const newRun = (now: string, journey: Journey, customerId: string, entering: Entering): Run => {
  const { cause, at, key, event, shown, data = null, tracker, trial = false } = entering;
  return created(now, {
    id: idOfRun(journey, customerId, entering),
    journeyId: journey.id,
    revision: journey.revision,
    customerId: customerId as Run['customerId'],
    key,
    state: 'running' as const,
    at: null,
    reason: null,
    trial,
    startedAt: at < now ? at : now,
    endedAt: null,
    path: [],
    event: event ? snapshotOf(event) : (shown ?? null),
    data,
    cause,
    ...(tracker ? { tracker } : {}),
    tokens: [],
    wakes: [],
    joined: {},
    visits: {},
    seen: [cause],
    counts: reentryOf(journey) !== 'always',
  });
};

/** the last reason of a customer and key, noted once a day */
const refused = async (journey: Journey, run: Run, why: string, { now, store }: Ctx): Promise<Change[]> => {
  const { customerId, key } = run;
  const refusal = { customerId, journeyId: journey.id, key, reason: why.slice(0, 2_000), at: now };
  const before = await store.get(refusals, refusal);
  const isNoted = before?.reason === refusal.reason && dayOf(before.at) === dayOf(now);
  return isNoted ? [] : [put(refusals, refusal)];
};

export type Entered = { run: Run } | { refused: string } | undefined;

/**
 * Lets a customer enter a journey, as far as its first waits, in one transaction; or notes why not. The same cause again
 * changes nothing. Throws VersionConflict when another entry was faster.
 */
export const enterJourney = async (
  journey: Journey,
  customerId: string,
  entering: Entering,
  ctx: Ctx,
): Promise<Entered> => {
  const { now, store } = ctx;
  const { trial } = entering;
  const [facts, plan] = await Promise.all([
    factsFor(ctx, customerId, [journey.entry.if], entering.event && { ...entering.event, customerId }),
    planFor(store, journey.id, journey.revision),
  ]);
  if (!facts) return undefined;
  const { id } = facts.attributes;
  const run = newRun(now, journey, id, entering);
  const [had, cools, holder] = await Promise.all([
    countedRuns(journey, id, run.key, store),
    coolsUntil(journey, id, store),
    store.holder(runs, 'id', run.id),
  ]);
  const repeated = had.find(({ cause }) => cause === run.cause);
  if (repeated) return { run: repeated };
  // its id follows from the cause as well
  if (holder && !run.counts) return undefined;
  const past = { runs: had, coolsUntil: cools };
  const judged = journey.entry.if && evaluate(journey.entry.if, facts);
  const against = trial ? undefined : refusalOf(journey, run, past, now);
  const unmet = judged && !judged.holds ? judged.reasons.join('; ') : undefined;
  const loops = async () => ((await isLooping(journey.id, id, entering.by, ctx)) ? mayLoop : undefined);
  const reason = against ?? unmet ?? (await loops());
  if (reason !== undefined) {
    await store.commit(await refused(journey, run, reason, ctx));
    return { refused: reason };
  }
  const moved = await advanced(plan, run, { event: entering.event }, ctx);
  if (!moved) return undefined;
  const reasons = [entering.event ? `${entering.event.type} lets enter "${journey.name}"` : `enters "${journey.name}"`];
  const decision = { customerId: id, kind: 'journey', outcome: 'entered', cause: journey.id };
  await store.commit([
    ...runChanges(now, undefined, plan, moved),
    decided(now, { ...decision, reasons: [...reasons, ...(judged?.reasons ?? [])] }),
    ...(journey.cooldown && !trial
      ? [insert(cooldowns, { customerId: id, of: journey.id, at: now, lasts: journey.cooldown })]
      : []),
  ]);
  return { run: moved.run };
};
