import { bulkUndoStarted } from '../../../events/bulk.ts';
import { type Hidden, hiddenFrom } from '../../customers/redact.ts';
import { shortLived } from '../../shared/aws/file-keys.ts';
import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { type Job, jobs, startJob, undoableUntil } from '../../shared/jobs/job.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import { cursorOf, readCursor } from '../../shared/store/cursor.ts';
import { revive } from '../../shared/store/entity.ts';
import { plus } from '../../shared/time/duration.ts';
import { bulkRoutes } from '../contract.ts';
import { bulkNotUndoable, bulkRunning, bulkTooLate, bulkUndone } from '../errors.ts';
import { type Bulk, bulkInput, bulkOf, kinds, needBulk, type UndoInput, undoInput, undoneBy } from './bulk.ts';
import { type BulkChange, bulkChanges, plans } from './bulk-log.ts';
import { maskedChanges, reportPath } from './report.ts';
import { planBulk } from './start-bulk.ts';

const withReport = async (job: Job, { tenant, now }: Ctx): Promise<Bulk> => {
  const bulk = bulkOf(job);
  if (job.state !== 'done' || plus(job.updatedAt, `P${shortLived.days}D`) <= now) return bulk;
  const files = filesOf(tenant, { short: true });
  // an erasure deletes the reports that a customer is in
  if (!(await files.look(reportPath(job.id)))) return bulk;
  return { ...bulk, reportUrl: await files.downloadUrl(reportPath(job.id), { filename: `${job.id}.ndjson` }) };
};

const shownChange = ({ changes, undone, ...change }: BulkChange, hidden: Hidden) => ({
  ...change,
  changes: maskedChanges(changes, hidden),
  ...(undone ? { undone: { ...undone, changes: maskedChanges(undone.changes, hidden) } } : {}),
});

const isFinished = ({ state }: Job) => state !== 'running' && state !== 'waiting';

const mustBeUndoable = async (job: Job, { now, store }: Ctx) => {
  if (job.kind === kinds.undo) throw bulkNotUndoable('An undo cannot be undone. Make the change again.');
  if (bulkInput(job).dryRun) throw bulkNotUndoable('A dry run has changed nothing: there is nothing to undo.');
  if (!isFinished(job)) throw bulkRunning();
  if (undoableUntil(job) <= now) throw bulkTooLate();
  const by = undoneBy(job);
  const undo = by === null ? undefined : await store.get(jobs, { id: by });
  // a cancelled or failed undo may be repeated
  if (undo && (!isFinished(undo) || undo.state === 'done')) {
    throw bulkUndone(`This bulk change is already being undone by ${undo.id}.`);
  }
};

export const bulkHandlers = handlers(bulkRoutes, {
  startBulk: async ({ body }, ctx) => {
    const { job, changes } = await planBulk(body, ctx);
    return ctx.store.commit(changes, bulkOf(job));
  },

  readBulk: async ({ params: { id = '' } }, ctx) => withReport(await needBulk(ctx.store, id), ctx),

  listBulkChanges: async ({ params: { id = '' }, query: { cursor } }, ctx) => {
    const { store } = ctx;
    const [job, hidden] = await Promise.all([needBulk(store, id), hiddenFrom(ctx)]);
    // an undo is logged with the changes that it undoes
    const jobId = (job.kind === kinds.undo ? undoInput(job).undoes : id) as BulkChange['jobId'];
    const after = cursor ? readCursor(cursor) : undefined;
    const page = { limit: 1, upwards: true, ...(after ? { after } : {}) };
    const { items, last } = await store.partition(['bulk', jobId], page);
    const ids = items[0] ? revive(plans, items[0]).ids : [];
    const keys = ids.map(customerId => ({ jobId, customerId }));
    const found = await store.getAll(bulkChanges, keys);
    return { items: found.map(one => shownChange(one, hidden)), nextCursor: last ? cursorOf(last) : null };
  },

  undoBulk: async ({ params: { id = '' }, body: { why } }, ctx) => {
    const { now, actor, store } = ctx;
    const before = await needBulk(store, id);
    await mustBeUndoable(before, ctx);
    const input: UndoInput = { undoes: id, why };
    const { job, changes } = startJob(now, { kind: kinds.undo, by: actor, cancelScope: 'lists.write', input }, before);
    return store.commit(
      [
        update(jobs, before, updated(now, before, { result: { undoneBy: job.id } })),
        ...changes,
        emit(bulkUndoStarted, { about: job.id, data: { undoes: id, why } }),
      ],
      bulkOf(job),
    );
  },
});
