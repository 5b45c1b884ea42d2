import { bulkUndoStarted } from '../../../events/bulk.ts';
import { newId } from '../../../events/ids.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { continueJob, type Job, jobs, waitingJob } from '../../shared/jobs/job.ts';
import { emit, insert, update, updated } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import { plus } from '../../shared/time/duration.ts';
import type { routes } from '../contract.ts';
import { bulkOf, kinds, needBulk, undoableUntil, undoneBy } from './bulk.ts';
import { bulkInput, type UndoInput } from './bulk-input.ts';

/** a slice that was under way when its job was cancelled may still be at it for so long */
const slowestSlice = 'PT1M';

const isOver = ({ state }: Job) => state !== 'running' && state !== 'waiting';

const mayBeUndone = async (job: Job, { now, store }: { now: string; store: Store }) => {
  if (job.kind === kinds.undo) {
    throw new ApiError('conflict', 'bulk.not-undoable', 'taking back is not taken back: make the change again');
  }
  if (bulkInput(job).dryRun) throw new ApiError('conflict', 'bulk.not-undoable', 'a dry run has changed nothing');
  if (!isOver(job)) throw new ApiError('conflict', 'bulk.running', 'this is still running: wait for it, or cancel it');
  if (undoableUntil(job) <= now) {
    throw new ApiError('conflict', 'bulk.too-late', 'this was too long ago: what it changed is no longer kept');
  }
  const by = undoneBy(job);
  const undo = by === null ? undefined : await store.get(jobs, { id: by });
  // one that was stopped halfway is gone on with
  if (undo && (!isOver(undo) || undo.state === 'done')) {
    throw new ApiError('conflict', 'bulk.undone', `this is taken back already, by ${undo.id}`);
  }
};

export const undoBulk: Handler<typeof routes.undoBulk> = async ({ params: { id = '' }, body: { why } }, ctx) => {
  const { now, actor, store } = ctx;
  const before = await needBulk(store, id);
  await mayBeUndone(before, ctx);
  const input: UndoInput = { undoes: id, why };
  const job: Job = {
    ...waitingJob(now, { id: newId('job', now), kind: kinds.undo, by: actor, input }),
    state: 'running',
  };
  const quiet = plus(before.updatedAt, slowestSlice);
  const at = before.state !== 'done' && quiet > now ? quiet : undefined;
  return store.commit(
    [
      update(jobs, before, updated(now, before, { result: { undoneBy: job.id } })),
      insert(jobs, job),
      continueJob(job, at),
      emit(bulkUndoStarted, { about: job.id, data: { undoes: id, why } }),
    ],
    bulkOf(job),
  );
};
