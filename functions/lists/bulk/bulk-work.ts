import { confidentialOf } from '../../customers/attributes/definitions.ts';
import { settingsOf } from '../../customers/settings.ts';
import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Sliced, Work } from '../../shared/jobs/work.ts';
import { bulkInput } from './bulk-input.ts';
import type { BulkChange } from './bulk-log.ts';
import { carryOut } from './carry-out.ts';
import { deciding } from './decide-deed.ts';
import { countsOf, type Line, veiledLines } from './lines.ts';
import { planOf } from './plan.ts';
import { type Gathering, gather, putLines } from './report-file.ts';

/** where a job goes on: with the customers behind a cursor, then with gathering its report */
type At = { walk: string | null } | { gather: Gathering };

const begun: At = { walk: null };
const walked: At = { gather: { after: null, upload: null, etags: [] } };

type Slice = { looked: number; lines: Line[]; next: string | null };

/** A work that walks over customers and leaves a report: lines slice by slice, put together at its end. */
export const reportingWork = (walk: (job: Job, cursor: string | null, ctx: Ctx) => Promise<Slice>): Work => ({
  async slice(job, ctx): Promise<Sliced> {
    const at = (job.cursor ?? begun) as At;
    const files = filesOf(ctx.tenant, { short: true });
    if ('gather' in at) {
      const next = await gather(files, job.id, at.gather);
      return { cursor: next && { gather: next } };
    }
    const [{ looked, lines, next }, settings] = await Promise.all([walk(job, at.walk, ctx), settingsOf(ctx.store)]);
    // whoever may download a report need not be allowed to see everything
    await putLines(files, job.id, job.slice, veiledLines(lines, confidentialOf(settings)));
    return { cursor: next === null ? walked : { walk: next }, counts: countsOf(looked, lines) };
  },
});

/** what made a change, as timelines tell it */
export const bulkSource = (jobId: string) => `bulk:${jobId}`;

/** one change made to many customers */
export const bulkWork = reportingWork(async (job, cursor, ctx) => {
  const { walk, do: deed, dryRun, why } = bulkInput(job);
  const settings = await settingsOf(ctx.store);
  const decide = await deciding(deed, { ctx, source: bulkSource(job.id), why, settings });
  const { ids, next } = await planOf(job, walk, cursor ?? undefined, ctx);
  const task = {
    jobId: job.id as BulkChange['jobId'],
    decide,
    dryRun,
    named: walk.of === 'chosen',
    ...(walk.of === 'all' && walk.where ? { where: walk.where } : {}),
  };
  return { looked: ids.length, lines: await carryOut(task, ids, ctx), next };
});
