import { journeyEntered, journeyLeft, runDue } from '../../../events/journey.ts';
import { factsFor } from '../../customer-facts/reads.ts';
import { timelineBetween } from '../../customers/reads.ts';
import { messagingSettings } from '../../messaging/settings.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { isSameJson } from '../../shared/json.ts';
import { type Change, emit, schedule, sumOf, updated } from '../../shared/store/changes.ts';
import { actionsOf } from '../actions.ts';
import { type Advanced, advance, type Happened } from './advance.ts';
import { journeyCounts, type Run, savedRun } from './run.ts';
import type { JourneyPlan } from './versions.ts';

const mostPast = 300;

/** what happened since the run waits, in its order; nothing, where it waits for no event */
const pastOf = async ({ hears }: JourneyPlan, run: Run, { store, now }: Ctx): Promise<Happened[]> => {
  if (!hears) return [];
  const since = run.tokens.length ? run.tokens.map(token => token.since).sort()[0]! : run.startedAt;
  const { events } = await timelineBetween(store, run.customerId, { from: since, to: now, limit: mostPast });
  return events.reverse() as Happened[];
};

const countsOf = (before: Run | undefined, { run, entered }: Advanced): Change[] => {
  if (run.trial) return [];
  const ended = run.state === 'running' ? [] : [run.state];
  const names = [...(before ? [] : ['entered']), ...entered.map(step => `step:${step}`), ...ended];
  return journeyCounts.add(run.journeyId, run.customerId, sumOf(names.map(name => ({ [name]: 1 }))));
};

/** all that a moved run comes to, in one transaction; `before`: as it was stored */
export const runChanges = (now: string, before: Run | undefined, plan: JourneyPlan, moved: Advanced): Change[] => {
  const { run, acts, timers } = moved;
  const { id: runId, customerId, journeyId, key, trial, event, tracker, data, reason } = run;
  const { channels, shows } = plan;
  const about = { customerId, about: journeyId };
  const its = { runId, key, trial };
  const scope = { run: { id: runId, key, data: data ?? {}, startedAt: run.startedAt } };
  const asking = { customerId, cause: journeyId, event: event ?? undefined, tracker, scope, channels, shows };
  return [
    ...savedRun(before, before ? updated(now, before, run) : run),
    ...acts.flatMap(({ action, step }) => actionsOf(action, { ...asking, step } as Parameters<typeof actionsOf>[1])),
    ...timers.map(at => schedule(at, runDue, { customerId, about: runId, data: { journeyId } })),
    ...countsOf(before, moved),
    ...(before ? [] : [emit(journeyEntered, { ...about, data: its })]),
    ...(run.state === 'running'
      ? []
      : [emit(journeyLeft, { ...about, data: { ...its, state: run.state, reason: reason ?? '' } })]),
  ];
};

type Moving = { event?: Happened | undefined; at?: string };

export const zoneOfCompany = async ({ store }: Pick<Ctx, 'store'>) => (await messagingSettings.of(store)).timeZone;

/** how far a run goes now, by the customer's facts; undefined where the customer does not exist any more */
export const advanced = async (plan: JourneyPlan, run: Run, { event, at }: Moving, ctx: Ctx) => {
  // a schedule fires on the second, and its instant is part of it
  const now = at !== undefined && at > ctx.now ? at : ctx.now;
  const { customerId } = run;
  const [facts, past, zone] = await Promise.all([
    factsFor({ store: ctx.store, now }, customerId, plan.conditions, event && { ...event, customerId }),
    event && run.tokens.length ? [] : pastOf(plan, run, ctx),
    plan.asksTime ? zoneOfCompany(ctx) : undefined,
  ]);
  if (!facts) return undefined;
  return advance(plan, run, { now, facts, past, zone, ...(event ? { event } : {}) });
};

/** Moves a run that is under way; nothing is written where it stays. */
export const moveRun = async (plan: JourneyPlan, before: Run, moving: Moving, ctx: Ctx): Promise<void> => {
  const moved = await advanced(plan, before, moving, ctx);
  if (!moved || isSameJson(moved.run, before)) return;
  await ctx.store.commit(runChanges(ctx.now, before, plan, moved));
};
