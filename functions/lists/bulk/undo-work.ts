import { type CustomerSettings, settingsOf } from '../../customers/settings.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { update } from '../../shared/store/changes.ts';
import { attempts, commitUnits, type Lines, outcomeOf, type Unit } from './apply-action.ts';
import { undoInput } from './bulk.ts';
import { type BulkChange, bulkChanges, plans } from './bulk-log.ts';
import { reportingWork } from './bulk-work.ts';
import { failed, type Line, lineOf } from './report.ts';
import { missingTarget, targetsOf } from './targets.ts';
import { undoAction } from './undo-action.ts';

type Id = BulkChange['customerId'];
type JobId = BulkChange['jobId'];

type Undo = { undoes: JobId; job: JobId; settings: CustomerSettings };

const lineOfUndone = ({ customerId, undone }: BulkChange): Line =>
  lineOf(customerId, undone?.changes ?? [], { left: undone?.left });

const undoOne = async (change: BulkChange, { job, settings }: Undo, ctx: Ctx): Promise<Unit | Line> => {
  const { customerId, jobId, version } = change;
  const customer = (await targetsOf(ctx.store, [customerId])).get(customerId);
  if (!customer) return failed(customerId, missingTarget(null));
  const { changes, values, left } = await undoAction(customer, change, { ctx, source: `undo:${jobId}`, settings });
  const undone = { by: job, at: ctx.now, changes: values, left };
  const after: BulkChange = { ...change, undone, version: version + 1 };
  return { changes: [...changes, update(bulkChanges, change, after)], line: lineOfUndone(after) };
};

const attempt = async (ids: Id[], undo: Undo, lines: Lines, ctx: Ctx): Promise<Id[]> => {
  const { undoes, job } = undo;
  const keys = ids.map(customerId => ({ jobId: undoes, customerId }));
  const log = await ctx.store.getAll(bulkChanges, keys);
  // undone before a crash by this job; what a cancelled one undid is in its own report
  for (const change of log) if (change.undone?.by === job) lines.set(change.customerId, lineOfUndone(change));
  const open = log.filter(({ undone }) => !undone);
  const outcomes = await Promise.all(open.map(one => outcomeOf(one.customerId, () => undoOne(one, undo, ctx))));
  const units: Unit[] = [];
  for (const outcome of outcomes) {
    if ('line' in outcome) units.push(outcome);
    else lines.set(outcome.customerId, outcome);
  }
  return commitUnits(units, lines, all => ctx.store.commitAll(all.map(({ changes }) => changes)));
};

export const undoWork = reportingWork(async (job, _, ctx) => {
  const undoes = undoInput(job).undoes as JobId;
  const plan = await ctx.store.get(plans, { jobId: undoes, slice: job.slice });
  if (!plan) return { looked: 0, lines: [], next: null };
  const undo = { undoes, job: job.id as JobId, settings: await settingsOf(ctx.store) };
  const lines = await attempts(plan.ids, (ids, all) => attempt(ids, undo, all, ctx));
  return { looked: plan.ids.length, lines, next: plan.next };
});
