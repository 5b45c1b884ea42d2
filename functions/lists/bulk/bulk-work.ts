import { confidentialOf } from '../../customers/attributes/definitions.ts';
import { settingsOf } from '../../customers/settings.ts';
import { filesOf } from '../../shared/aws/files.ts';
import { appendTo, completeFile, emptyFile, type GrowingFile } from '../../shared/aws/growing-file.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { SliceCtx, Sliced, Work } from '../../shared/jobs/work.ts';
import { applyAction } from './apply-action.ts';
import { bulkInput } from './bulk.ts';
import type { BulkChange } from './bulk-log.ts';
import { planOf } from './plan-action.ts';
import { countsOf, type Line, maskedLines, reportPath } from './report.ts';
import { sliceOf } from './slices.ts';

/** where a job continues: with the customers after a cursor; `over`: there are no more, and the report is completed */
type At = { walk: string | null; report: GrowingFile; over?: true };

type Slice = { looked: number; lines: Line[]; next: string | null };

/** A work that walks over customers, slice by slice, and writes a report. */
export const reportingWork = (walk: (job: Job, cursor: string | null, ctx: SliceCtx) => Promise<Slice>): Work => ({
  async slice(job, ctx): Promise<Sliced> {
    const at = (job.cursor as At | null) ?? { walk: null, report: emptyFile };
    const files = filesOf(ctx.tenant, { short: true });
    if (at.over) {
      await completeFile(files, reportPath(job.id), at.report);
      return { cursor: null };
    }
    const [{ looked, lines, next }, settings] = await Promise.all([walk(job, at.walk, ctx), settingsOf(ctx.store)]);
    // a report is for readers without the scope for confidential attributes, too
    const shown = maskedLines(lines, confidentialOf(settings));
    const text = shown.map(line => `${JSON.stringify(line)}\n`).join('');
    const report = await appendTo(files, reportPath(job.id), at.report, { slice: job.slice, text });
    const cursor: At = next === null ? { walk: next, report, over: true } : { walk: next, report };
    return { cursor, counts: countsOf(looked, lines) };
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
