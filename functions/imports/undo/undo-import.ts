import { settingsOf } from '../../customers/settings.ts';
import { filesOf } from '../../shared/aws/files.ts';
import { appendTo, completeFile, emptyFile, type GrowingFile } from '../../shared/aws/growing-file.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Work } from '../../shared/jobs/work.ts';
import { importChanges } from './import-change.ts';
import { type UndoneRow, undoChanges, undoCreated } from './undo-rows.ts';

export type UndoInput = { importId: string; source: string; until: string; lines: number; why: string };

/** customers that it created go first, line by line; then what it changed, the latest change first */
type Cursor = { line?: number; after?: string | null; over?: true; report: GrowingFile };

const perSlice = { lines: 300, changes: 100 };

export const undoReportPath = (jobId: string) => `imports/${jobId}/undo.ndjson`;

const countsOf = (rows: UndoneRow[]) => {
  const counts = { removed: 0, restored: 0, left: 0 };
  for (const { did } of rows) counts[did]++;
  return counts;
};

export const undoWork: Work = {
  async slice(job: Job, ctx) {
    const { importId, source, until, lines } = job.input as UndoInput;
    const at = (job.cursor as Cursor | null) ?? { line: 0, report: emptyFile };
    const files = filesOf(ctx.tenant, { short: true });
    if (at.over) {
      await completeFile(files, undoReportPath(job.id), at.report);
      return { cursor: null };
    }
    const undoing = { importId, source, until, settings: await settingsOf(ctx.store), ctx };
    let next: Omit<Cursor, 'report'>;
    let rows: UndoneRow[];
    if (at.line !== undefined) {
      const to = Math.min(at.line + ctx.perSlice(perSlice.lines), lines + 1);
      rows = await undoCreated(at.line, to, undoing);
      next = to > lines ? { after: null } : { line: to };
    } else {
      const paging = { limit: ctx.perSlice(perSlice.changes), cursor: at.after ?? undefined };
      const { items, nextCursor } = await ctx.store.list(importChanges, 'import', importId, paging);
      rows = await undoChanges(items, undoing);
      next = nextCursor ? { after: nextCursor } : { over: true };
    }
    const text = rows.map(row => `${JSON.stringify(row)}\n`).join('');
    const report = await appendTo(files, undoReportPath(job.id), at.report, { slice: job.slice, text });
    return { cursor: { ...next, report }, counts: countsOf(rows) };
  },
};
