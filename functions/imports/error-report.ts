import { importFinished } from '../../events/import.ts';
import { startSearch } from '../matching/search-work.ts';
import { filesOf } from '../shared/aws/files.ts';
import { appendTo, completeFile, emptyFile, type GrowingFile } from '../shared/aws/growing-file.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Sliced } from '../shared/jobs/work.ts';
import { emit } from '../shared/store/changes.ts';
import { type Cursor, errorsPath, originOf, type Result, uploadPath } from './import.ts';
import type { RowError } from './rows/parse-row.ts';
import type { Outcome } from './rows/upsert-rows.ts';

type Files = ReturnType<typeof filesOf>;

const mostCounted = 100;

export const countsOf = (outcomes: Outcome[]) => {
  const counts: Record<string, number> = { read: outcomes.length, withErrors: 0 };
  for (const { did, errors } of outcomes) {
    counts[did] = (counts[did] ?? 0) + 1;
    if (did !== 'failed' && errors.length) counts.withErrors = (counts.withErrors ?? 0) + 1;
  }
  return counts;
};

/** Appends the errors of a slice's rows to the report, and counts them with those found before. */
export const recordErrors = async (
  files: Files,
  { id, slice, result }: Job,
  file: GrowingFile | undefined,
  all: RowError[],
) => {
  const { errors: before, listed } = (result as Result | null) ?? { errors: {}, listed: 0 };
  const errors = { ...before };
  for (const { column, message } of all) {
    const key = JSON.stringify([column, message]);
    if (key in errors || Object.keys(errors).length < mostCounted) errors[key] = (errors[key] ?? 0) + 1;
  }
  const text = all.map(error => `${JSON.stringify(error)}\n`).join('');
  const report = await appendTo(files, errorsPath(id), file ?? emptyFile, { slice, text });
  return { report, result: { errors, listed: listed + all.length } satisfies Result };
};

/** Completes the report of errors and finishes the import: its upload is no longer needed. */
export const finishImport = async (job: Job, ctx: Ctx): Promise<Sliced> => {
  const files = filesOf(ctx.tenant, { short: true });
  const { report = emptyFile, later } = job.cursor as Cursor;
  if (report.rest) await completeFile(files, errorsPath(job.id), report);
  await files.remove(uploadPath(job.id));
  const finished = emit(importFinished, { about: job.id, data: { ...originOf(job), rows: job.counts } });
  const result: Result = { ...(job.result as Result), lines: (job.cursor as Cursor).line };
  if (!later) return { cursor: null, changes: [finished], result };
  const search = startSearch(ctx);
  return { cursor: null, changes: [finished, ...search.changes], result: { ...result, search: search.job.id } };
};
