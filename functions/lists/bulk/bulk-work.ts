import { confidentialOf } from '../../customers/attributes/definitions.ts';
import { settingsOf } from '../../customers/settings.ts';
import { filesOf } from '../../shared/aws/files.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { SliceCtx, Sliced, Work } from '../../shared/jobs/work.ts';
import { applyAction } from './apply-action.ts';
import { bulkInput } from './bulk.ts';
import type { BulkChange } from './bulk-log.ts';
import { planOf } from './plan-action.ts';
import { countsOf, type Joining, joinReports, type Line, maskedLines, putLines } from './report.ts';
import { sliceOf } from './slices.ts';

/** where a job continues: with the customers after a cursor, then with its report */
type At = { walk: string | null } | { join: Joining };

const started: At = { walk: null };
const walked: At = { join: { after: null, upload: null, etags: [] } };

type Slice = { looked: number; lines: Line[]; next: string | null };

/** A work that walks over customers and writes a report: slice by slice, joined at its end. */
export const reportingWork = (walk: (job: Job, cursor: string | null, ctx: SliceCtx) => Promise<Slice>): Work => ({
  async slice(job, ctx): Promise<Sliced> {
    const at = (job.cursor ?? started) as At;
    const files = filesOf(ctx.tenant, { short: true });
    if ('join' in at) {
      const next = await joinReports(files, job.id, at.join);
      return { cursor: next && { join: next } };
    }
    const [{ looked, lines, next }, settings] = await Promise.all([walk(job, at.walk, ctx), settingsOf(ctx.store)]);
    // a report is for readers without the scope for confidential attributes, too
    await putLines(files, job.id, job.slice, maskedLines(lines, confidentialOf(settings)));
    return { cursor: next === null ? walked : { walk: next }, counts: countsOf(looked, lines) };
  },
});

export const bulkWork = reportingWork(async (job, cursor, ctx) => {
  const { walk, action, dryRun, why } = bulkInput(job);
  const settings = await settingsOf(ctx.store);
  const plan = await planOf(action, { ctx, source: `bulk:${job.id}`, why, settings });
  const { ids, next } = await sliceOf(job, walk, cursor ?? undefined, ctx);
  const task = {
    jobId: job.id as BulkChange['jobId'],
    plan,
    dryRun,
    named: walk.of === 'chosen',
    ...(walk.of === 'all' && walk.where ? { where: walk.where } : {}),
  };
  return { looked: ids.length, lines: await applyAction(task, ids, ctx), next };
});
