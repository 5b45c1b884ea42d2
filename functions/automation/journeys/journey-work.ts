import { memberships } from '../../customer-facts/membership.ts';
import type { Job } from '../../shared/jobs/job.ts';
import { type Walk, walked, walkOf } from '../../shared/jobs/walk.ts';
import type { SliceCtx, Work } from '../../shared/jobs/work.ts';
import { firstError, settleConcurrent } from '../../shared/map-concurrent.ts';
import { isConflict, retryOnConflict } from '../../shared/store/retry-on-conflict.ts';
import { enterJourney, runsOf } from './enter-journey.ts';
import { type Journey, journeys } from './journey.ts';
import { moveRun, runChanges } from './move-run.ts';
import { type Run, runs } from './run.ts';
import { planFor } from './versions.ts';

const perSlice = 100;
const concurrent = 10;

type Input = { journeyId: string; activatedAt: string | null };

const inputOf = ({ input }: Job) => input as unknown as Input;

/** What fails in the first pass is left to the second, so that it holds up nobody else. */
const leftOf = (done: PromiseSettledResult<unknown>[], { pass }: Walk): Record<string, number> => {
  const failed = done.filter(({ status }) => status === 'rejected').length;
  if (failed && pass === 2) throw firstError(done);
  return failed ? { failed } : {};
};

/** a cancelled run does nothing more */
const cancelRun = async (run: Run, ctx: SliceCtx) => {
  const after: Run = { ...run, state: 'cancelled', reason: 'the journey was cancelled', endedAt: ctx.now, tokens: [] };
  const plan = await planFor(ctx.store, run.journeyId, run.revision);
  const moved = { run: after, acts: [], entered: [], timers: [] };
  await ctx.store.commit(runChanges(ctx.now, run, plan, moved));
};

const goOn = async (run: Run, ctx: SliceCtx) =>
  moveRun(await planFor(ctx.store, run.journeyId, run.revision), run, {}, ctx);

/** after a pause what is overdue goes on; after a cancellation everything ends */
export const runsWork: Work = {
  async slice(job, ctx) {
    const { journeyId } = inputOf(job);
    const journey = await ctx.store.get(journeys, { id: journeyId });
    if (!journey || journey.state === 'paused') return { cursor: null };
    const at = walkOf(job);
    const paging = { limit: ctx.perSlice(perSlice), cursor: at.after ?? undefined };
    const { items, nextCursor } = await ctx.store.list(runs, 'running', journeyId, paging);
    const done = await settleConcurrent(items, concurrent, listed =>
      retryOnConflict(async () => {
        const run = await ctx.store.get(runs, listed);
        if (!run) return;
        await (journey.state === 'cancelled' ? cancelRun(run, ctx) : goOn(run, ctx));
      }, isConflict),
    );
    return { ...walked(at, nextCursor, ctx.now), counts: { runs: items.length, ...leftOf(done, at) } };
  },
};

const letIn = async (journey: Journey, customerId: string, ctx: SliceCtx) => {
  // a run that there was is no reason to enter again
  if ((await runsOf(ctx.store, customerId, journey.id)).some(({ trial }) => !trial)) return;
  const cause = `${journey.id}#${journey.activatedAt}#${customerId}`;
  await enterJourney(journey, customerId, { cause, at: ctx.now, key: null }, ctx);
};

/** Whoever is in the segment of a journey when it is activated enters it. */
export const membersWork: Work = {
  async slice(job, ctx) {
    const { journeyId, activatedAt } = inputOf(job);
    const journey = await ctx.store.get(journeys, { id: journeyId });
    const { segment } = journey?.entry ?? {};
    if (journey?.state !== 'active' || journey.activatedAt !== activatedAt || !segment) return { cursor: null };
    const at = walkOf(job);
    const paging = { limit: ctx.perSlice(perSlice), cursor: at.after ?? undefined };
    const { items, nextCursor } = await ctx.store.list(memberships, 'segment', segment, paging);
    const done = await settleConcurrent(items, concurrent, ({ customerId }) =>
      retryOnConflict(() => letIn(journey, customerId, ctx), isConflict),
    );
    return { ...walked(at, nextCursor, ctx.now), counts: { members: items.length, ...leftOf(done, at) } };
  },
};
