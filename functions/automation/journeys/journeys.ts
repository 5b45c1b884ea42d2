import type { DataOf, EventType } from '../../../events/define.ts';
import { newId } from '../../../events/ids.ts';
import type { JourneyState } from '../../../events/journey.ts';
import {
  journeyCancelled as cancelledEvent,
  journeyActivated,
  journeyChanged,
  journeyCreated,
  journeyDrained,
  journeyPaused,
  journeyRemoved,
  runStates,
} from '../../../events/journey.ts';
import { mustBeUnused, useChanges } from '../../customer-facts/uses.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { redactionFor } from '../../customers/reads.ts';
import type { Filing } from '../../shared/events/filed.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { changeTooLarge } from '../../shared/http/errors.ts';
import { startJob } from '../../shared/jobs/job.ts';
import { isSameJson } from '../../shared/json.ts';
import { type Change, created, eventOf, insert, remove, save, update, updated } from '../../shared/store/changes.ts';
import { everyRecord, listParts } from '../../shared/store/record-page.ts';
import { changeById, fieldsOf, readById, replaced } from '../../shared/store/records.ts';
import { retryOnConflict } from '../../shared/store/retry-on-conflict.ts';
import { versionParts } from '../../shared/store/version-parts.ts';
import type { Resolved } from '../actions.ts';
import {
  archived,
  journeyActive,
  journeyCancelled,
  journeyInUse,
  journeyNotActive,
  journeyNotEntered,
} from '../errors.ts';
import { checkJourney, usesOfJourney } from './check-journey.ts';
import { compileSteps, stepIdsOf } from './compile.ts';
import { enterJourney, runsOf } from './enter-journey.ts';
import { activeJourneys, type Journey, JourneyRule, journeys, journeyVersions } from './journey.ts';
import { journeyRoutes } from './journey-routes.ts';
import { replayJourney } from './replay-journey.ts';
import { journeyCounts, type Refusal, type Run, refusals, runs } from './run.ts';
import { keysOfJourney } from './versions.ts';

const mostKeys = 80;

const filingOf = (journey: Journey | undefined): Filing<{ id: string }> | undefined =>
  journey?.state === 'active' || journey?.state === 'draining'
    ? { id: journey.id, keys: journey.keys, definition: { id: journey.id } }
    : undefined;

type JourneyEvent = EventType<(typeof journeyCreated)['data']>;

const userOf = (journey: Journey | undefined) => {
  if (!journey || journey.archivedAt || journey.state === 'draft' || journey.state === 'cancelled') return undefined;
  return { id: journey.id, name: journey.name, uses: usesOfJourney(journey) };
};

const saved = (before: Journey | undefined, after: Journey, event: JourneyEvent) => ({
  after,
  changes: [
    save(journeys, before, after),
    ...activeJourneys.changes(filingOf(before), filingOf(after)),
    ...useChanges(userOf(before), userOf(after)),
    eventOf(event, after as Journey & DataOf<JourneyEvent>),
  ],
});

const versionOf = (journey: Journey, resolved: Resolved, { now, actor }: Ctx): Change => {
  const { id: journeyId, revision, entry, steps, goal, exitOn } = journey;
  const rule = { entry, steps, ...(goal ? { goal } : {}), ...(exitOn ? { exitOn } : {}) };
  return insert(journeyVersions, { journeyId, revision, ...rule, ...resolved, at: now, by: actor });
};

const work = ({ id: journeyId, activatedAt }: Journey, kind: 'journey-runs' | 'journey-members', ctx: Ctx) =>
  startJob(ctx.now, { kind, by: ctx.actor, input: { journeyId, activatedAt } }).changes;

/** what begins with an activation: runs that stood still go on, and members of its segment enter */
const begun = (before: Journey | undefined, after: Journey, ctx: Ctx): Change[] => [
  ...(before?.state === 'paused' ? work(after, 'journey-runs', ctx) : []),
  ...(after.entry.members === 'all' ? work(after, 'journey-members', ctx) : []),
];

const refuseCancelled = ({ state, archivedAt }: Journey) => {
  if (archivedAt) throw archived();
  if (state === 'cancelled') throw journeyCancelled();
};

type Command = { to: JourneyState; from: JourneyState[]; event: JourneyEvent };

const command = ({ to, from, event }: Command, more: (before: Journey, after: Journey, ctx: Ctx) => Change[]) =>
  changeById(journeys, (before, _, ctx) => {
    if (before.state === to) return { after: before, changes: [] };
    refuseCancelled(before);
    if (!from.includes(before.state)) throw journeyNotActive();
    const { after, changes } = saved(before, updated(ctx.now, before, { state: to }), event);
    return { after, changes: [...changes, ...more(before, after, ctx)] };
  });

const what = ({ entry, steps, goal, exitOn }: Journey) => ({ entry, steps, goal, exitOn });

const keysAfter = (before: Journey, after: Journey) => {
  const own = keysOfJourney(after);
  // runs of earlier revisions wait for theirs
  const keys = before.state === 'draft' ? own : [...new Set([...own, ...before.keys])];
  if (keys.length > mostKeys)
    throw changeTooLarge(
      `This journey and its earlier versions wait for ${keys.length} kinds of events; the limit is ${mostKeys}. Drain it, and create another one.`,
    );
  return keys;
};

const latestFirst = (a: { at: string }, b: { at: string }) => (a.at < b.at ? 1 : -1);

/** the runs of one customer, or a page of all */
const runsIn = async (
  id: string,
  {
    customerId,
    state,
    ...paging
  }: { customerId?: string | undefined; state?: string | undefined; limit: number; cursor?: string | undefined },
  { store }: Ctx,
) => {
  const keep = (run: Run) => state === undefined || run.state === state;
  if (!customerId) return store.list(runs, 'journey', id, { ...paging, keep });
  const customer = await activeCustomer(store, customerId);
  const found = (await runsOf(store, customer.id, id)).filter(keep);
  const items = found.toSorted((a, b) => latestFirst({ at: a.startedAt }, { at: b.startedAt })).slice(0, paging.limit);
  return { items, nextCursor: null };
};

const refusalsIn = async (
  id: string,
  { customerId, ...paging }: { customerId?: string | undefined; limit: number; cursor?: string | undefined },
  { store }: Ctx,
): Promise<{ items: Refusal[]; nextCursor: string | null }> => {
  if (!customerId) return store.list(refusals, 'journey', id, paging);
  const customer = await activeCustomer(store, customerId);
  const within = { from: `refusal#${id}#`, to: `refusal#${id}$` };
  const found = await Array.fromAsync(everyRecord(store, refusals, ['customer', customer.id], { within }));
  return { items: found.toSorted(latestFirst).slice(0, paging.limit), nextCursor: null };
};

const countsOf = async ({ id, steps }: Journey, { store }: Ctx) => {
  const counts = await journeyCounts.read(store, id);
  const of = (name: string) => counts[name] ?? 0;
  const ended = Object.fromEntries(
    runStates.filter(state => state !== 'running').map(state => [state, of(state)]),
  ) as Record<Exclude<(typeof runStates)[number], 'running'>, number>;
  const running = of('entered') - of('erased') - Object.values(ended).reduce((all, one) => all + one, 0);
  const earlier = Object.keys(counts).flatMap(name => (name.startsWith('step:') ? [name.slice('step:'.length)] : []));
  const ids = [...new Set([...stepIdsOf(compileSteps(steps)), ...earlier])];
  return {
    entered: of('entered'),
    ...ended,
    running,
    steps: ids.map(step => ({ id: step, entered: of(`step:${step}`) })),
  };
};

/** a run with the reasons as the caller may read them */
const shownRun = (run: Run, veil: Awaited<ReturnType<typeof redactionFor>>): Run => ({
  ...run,
  reason: run.reason && veil.reason(run.reason),
  path: run.path.map(({ why, ...step }) => (why === undefined ? step : { ...step, why: veil.reason(why) })),
});

export const journeyHandlers = handlers(journeyRoutes, {
  createJourney: async ({ body }, ctx) => {
    const { now, store } = ctx;
    const resolved = await checkJourney(fieldsOf(JourneyRule, body) as JourneyRule, undefined, ctx);
    const activatedAt = body.state === 'active' ? now : null;
    const own = { id: newId('journey', now), revision: 1, activatedAt, keys: keysOfJourney(body) };
    const journey: Journey = created(now, { ...body, ...own });
    const { after, changes } = saved(undefined, journey, journeyCreated);
    const starts = journey.state === 'active' ? begun(undefined, journey, ctx) : [];
    return store.commit([...changes, versionOf(journey, resolved, ctx), ...starts], after);
  },
  listJourneys: ({ query: { state, ...paging } }, { store }) =>
    state ? store.list(journeys, 'state', state, paging) : store.list(journeys, 'all', 'all', paging),
  readJourney: readById(journeys),
  changeJourney: changeById(journeys, async (before, patch, ctx) => {
    refuseCancelled(before);
    const next = replaced(ctx.now, JourneyRule, before, patch);
    if (!next) return { after: before, changes: [] };
    const resolved = await checkJourney(fieldsOf(JourneyRule, next) as JourneyRule, before.id, ctx);
    const isNew = !isSameJson(what(before), what(next));
    const after = { ...next, keys: keysAfter(before, next), revision: before.revision + (isNew ? 1 : 0) };
    const { changes } = saved(before, after, journeyChanged);
    return { after, changes: [...changes, ...(isNew ? [versionOf(after, resolved, ctx)] : [])] };
  }),
  removeJourney: changeById(journeys, async (before, _, ctx) => {
    if (before.archivedAt) return { after: before, changes: [] };
    if (before.state !== 'draft' && before.state !== 'cancelled') throw journeyActive();
    await mustBeUnused(ctx.store, [{ kind: 'journey', id: before.id }], journeyInUse);
    const isNew = !before.activatedAt;
    const after = updated(ctx.now, before, { archivedAt: ctx.now });
    const removed = isNew ? remove(journeys, before) : update(journeys, before, after);
    return { after, changes: [removed, eventOf(journeyRemoved, after)] };
  }),
  listJourneyVersions: listParts(journeys, journeyVersions, versionParts),
  activateJourney: changeById(journeys, async (before, _, ctx) => {
    if (before.state === 'active') return { after: before, changes: [] };
    refuseCancelled(before);
    await checkJourney(fieldsOf(JourneyRule, before) as JourneyRule, before.id, ctx);
    const after = updated(ctx.now, before, { state: 'active', activatedAt: ctx.now });
    return { after, changes: [...saved(before, after, journeyActivated).changes, ...begun(before, after, ctx)] };
  }),
  pauseJourney: command({ to: 'paused', from: ['active', 'draining'], event: journeyPaused }, () => []),
  drainJourney: command({ to: 'draining', from: ['active', 'paused'], event: journeyDrained }, (before, after, ctx) =>
    before.state === 'paused' ? work(after, 'journey-runs', ctx) : [],
  ),
  cancelJourney: command(
    { to: 'cancelled', from: ['draft', 'active', 'paused', 'draining'], event: cancelledEvent },
    (_, after, ctx) => work(after, 'journey-runs', ctx),
  ),
  enterJourney: async ({ params: { id = '' }, body }, ctx) => {
    const { key = null, customerId, ...entering } = body;
    const journey = await ctx.store.need(journeys, { id });
    await activeCustomer(ctx.store, customerId);
    refuseCancelled(journey);
    if (journey.state !== 'active' && !entering.trial) throw journeyNotActive();
    const cause = newId('event', ctx.now);
    const entered = await retryOnConflict(() =>
      enterJourney(journey, customerId, { ...entering, key, cause, at: ctx.now }, ctx),
    );
    const veil = await redactionFor(ctx);
    if (entered && 'run' in entered) return shownRun(entered.run, veil);
    throw journeyNotEntered(veil.reason(entered?.refused ?? 'the customer does not exist any more'));
  },
  listRuns: async ({ params: { id = '' }, query }, ctx) => {
    await ctx.store.need(journeys, { id });
    const [{ items, nextCursor }, veil] = await Promise.all([runsIn(id, query, ctx), redactionFor(ctx)]);
    return { items: items.map(run => shownRun(run, veil)), nextCursor };
  },
  listRefusals: async ({ params: { id = '' }, query }, ctx) => {
    await ctx.store.need(journeys, { id });
    const [{ items, nextCursor }, veil] = await Promise.all([refusalsIn(id, query, ctx), redactionFor(ctx)]);
    return { items: items.map(one => ({ ...one, reason: veil.reason(one.reason) })), nextCursor };
  },
  countJourney: async ({ params: { id = '' } }, ctx) => countsOf(await ctx.store.need(journeys, { id }), ctx),
  replayJourney,
});
