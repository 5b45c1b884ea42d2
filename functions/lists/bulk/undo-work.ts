import { type CustomerSettings, settingsOf } from '../../customers/settings.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { update } from '../../shared/store/changes.ts';
import { pause } from '../../shared/store/pause.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { undoInput } from './bulk-input.ts';
import { type BulkChange, bulkChanges, plans } from './bulk-log.ts';
import { reportingWork } from './bulk-work.ts';
import { failed, type Line } from './lines.ts';
import { peopleOf } from './people-of.ts';
import { type TakenBack, takenBack } from './take-back-deed.ts';

type Id = BulkChange['customerId'];
type JobId = BulkChange['jobId'];

const mostAttempts = 6;

const lineOf = ({ customerId, undone }: BulkChange): Line => ({
  customerId,
  changes: undone?.changes ?? [],
  ...(undone?.left.length ? { left: undone.left } : {}),
});

const asUndone = (before: BulkChange, by: JobId, { told, left }: TakenBack, now: string): BulkChange => ({
  ...before,
  undone: { by, at: now, changes: told, left },
  version: before.version + 1,
});

type Undo = { undoes: JobId; job: JobId; settings: CustomerSettings };

type Unit = { before: BulkChange; after: BulkChange; done: TakenBack };

const decided = async (change: BulkChange, { job, settings }: Undo, ctx: Ctx): Promise<Unit | Line> => {
  const { customerId } = change;
  const person = (await peopleOf(ctx.store, [customerId])).get(customerId);
  if (!person) return failed(customerId, new ApiError('gone', 'customer.erased', 'this customer is no more'));
  try {
    const done = await takenBack(person, change, { ctx, source: `undo:${change.jobId}`, settings });
    return { before: change, after: asUndone(change, job, done, ctx.now), done };
  } catch (error) {
    if (error instanceof ApiError) return failed(customerId, error);
    throw error;
  }
};

/** one attempt; those that somebody else changed meanwhile are given, to be decided again */
const attempt = async (ids: Id[], undo: Undo, lines: Map<Id, Line>, ctx: Ctx): Promise<Id[]> => {
  const { undoes, job } = undo;
  const log = await ctx.store.getAll(
    bulkChanges,
    ids.map(customerId => ({ jobId: undoes, customerId })),
  );
  // taken back before a crash by this job; what one that was stopped took back is in its own report
  for (const change of log) if (change.undone?.by === job) lines.set(change.customerId, lineOf(change));
  const outcomes = await Promise.all(log.filter(({ undone }) => !undone).map(change => decided(change, undo, ctx)));
  const units: Unit[] = [];
  for (const outcome of outcomes) {
    if ('done' in outcome) units.push(outcome);
    else lines.set(outcome.customerId, outcome);
  }
  const failures = await ctx.store.commitAll(
    units.map(({ before, after, done }) => [...done.changes, update(bulkChanges, before, after)]),
  );
  return units.flatMap(({ after }, nth) => {
    const failure = failures[nth];
    if (failure instanceof VersionConflict) return [after.customerId];
    if (failure !== undefined && !(failure instanceof ApiError)) throw failure;
    lines.set(after.customerId, failure ? failed(after.customerId, failure) : lineOf(after));
    return [];
  });
};

const takeBack = async (ids: Id[], undo: Undo, ctx: Ctx): Promise<Line[]> => {
  const lines = new Map<Id, Line>();
  let left = ids;
  for (let nth = 1; left.length && nth <= mostAttempts; nth++) {
    if (nth > 1) await pause(nth);
    left = await attempt(left, undo, lines, ctx);
  }
  const busy = new ApiError('conflict', 'busy', 'others keep changing this customer');
  return [...lines.values(), ...left.map(id => failed(id, busy))];
};

/** Takes a bulk change back, slice by slice as it was planned, wherever a value still is what it was made. */
export const undoWork = reportingWork(async (job, _, ctx) => {
  const undoes = undoInput(job).undoes as JobId;
  const plan = await ctx.store.get(plans, { jobId: undoes, slice: job.slice });
  if (!plan) return { looked: 0, lines: [], next: null };
  const undo = { undoes, job: job.id as JobId, settings: await settingsOf(ctx.store) };
  const lines = await takeBack(plan.ids, undo, ctx);
  return { looked: plan.ids.length, lines, next: plan.next };
});
