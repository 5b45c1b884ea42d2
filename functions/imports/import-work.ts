import { importFailed } from '../../events/import.ts';
import { settingsOf } from '../customers/settings.ts';
import { type Cursor as CopyCursor, restoreSlice } from '../exports/restore-copy.ts';
import { updateDuplicates } from '../matching/find-duplicates.ts';
import { startSearch } from '../matching/search-work.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { AnyImportable } from '../shared/imports/importable.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { SliceCtx, Sliced, Work } from '../shared/jobs/work.ts';
import { emit } from '../shared/store/changes.ts';
import { comparesLater } from './customers/compare-later.ts';
import { customerTarget } from './customers/customer-target.ts';
import { countsOf, finishImport, recordErrors } from './error-report.ts';
import { fileReplaced } from './errors.ts';
import type { RowFormat } from './file/formats.ts';
import { readRows } from './file/read-rows.ts';
import { type Cursor, type ImportFields, mostRows, originOf, uploadPath } from './import.ts';
import { readGroups } from './records/group-rows.ts';
import { recordTarget } from './records/record-target.ts';
import type { RowOptions } from './rows/parse-row.ts';
import { schemaOf } from './rows/row-schemas.ts';
import { type ImportRun, type RowGroup, upsertRows } from './rows/upsert-rows.ts';

type CustomerTarget = Awaited<ReturnType<typeof customerTarget>>;

/** Writes the customers of rows, and compares them with all others, unless that is left to the end. */
const upsertCustomers = async (groups: RowGroup[], target: CustomerTarget, run: ImportRun, later: boolean) => {
  const { outcomes, done } = await upsertRows(groups, target);
  // those that were written before a crash were perhaps not compared
  const isTouched = ({ rows }: RowGroup) => rows.some(({ line }) => outcomes.get(line)?.did !== 'unchanged');
  const touched = new Map(done.filter(one => one.groups.some(isTouched)).map(({ after }) => [after.id, after]));
  if (!run.dryRun && !later) await updateDuplicates([...touched.values()], run);
  return outcomes;
};

/** The next rows of the file; done again after a crash they come to the same, as what a row did is stored with its record. */
const rowsSlice = async (job: Job, { tenant, now, store, perSlice }: SliceCtx): Promise<Sliced> => {
  const { id } = job;
  const fields = job.input as ImportFields;
  const cursor = job.cursor as Cursor;
  const schema = schemaOf(fields.of);
  const { records } = schema;
  const files = filesOf(tenant, { short: true });
  const run: ImportRun = { ...fields, id, now, since: cursor.line, store };
  const read = (most = perSlice(mostRows)) => readRows(files, id, fields.format as RowFormat, cursor, most);
  const { defaultCountry: home } = await settingsOf(store);
  const [{ etag } = {}, slice, target, later] = await Promise.all([
    files.look(uploadPath(id)),
    readGroups(read, { ...fields, home, schema } as RowOptions, cursor.torn),
    records ? undefined : customerTarget(run),
    !records && !fields.dryRun && comparesLater(job, cursor, store),
  ]);
  if (etag !== cursor.etag) throw fileReplaced();
  const outcomes = target
    ? await upsertCustomers(slice.groups, target, run, later)
    : (await upsertRows(slice.groups, recordTarget(records as AnyImportable, run))).outcomes;
  const lines = slice.groups.flatMap(({ rows }) => rows.map(({ line }) => line));
  const all = lines.sort((a, b) => a - b).flatMap(line => outcomes.get(line) ?? []);
  const errors = all.flatMap(outcome => outcome.errors);
  const { report, result } = await recordErrors(files, job, cursor.report, errors);
  const marks = { ...(later ? { later } : {}), ...(slice.over ? { over: true } : {}) };
  return { cursor: { ...slice.cursor, report, ...marks }, counts: countsOf(all), result };
};

/** the next lines of a copy that an export made, restored unchanged */
const copySlice = async (job: Job, ctx: SliceCtx): Promise<Sliced> => {
  const files = filesOf(ctx.tenant, { short: true });
  const from = job.cursor as CopyCursor;
  const { dryRun } = job.input as ImportFields;
  const { cursor, counts, errors } = await restoreSlice(files, uploadPath(job.id), from, ctx, dryRun);
  const { report, result } = await recordErrors(files, job, (job.cursor as Cursor).report, errors);
  const next = cursor ?? { ...from, byte: from.size, over: true };
  return { cursor: { ...next, report } as never, counts, result };
};

/** Imports the rows of a file, some hundreds a slice, then completes the report of their errors. */
export const importWork: Work = {
  slice: (job, ctx) => {
    if ((job.cursor as Cursor).over) return finishImport(job, ctx);
    return (job.input as ImportFields).format === 'rapport' ? copySlice(job, ctx) : rowsSlice(job, ctx);
  },
  failed: (job, problem) => [
    emit(importFailed, { about: job.id, data: { ...originOf(job), rows: job.counts, problem } }),
  ],
  // what was written is compared, even where a slice did not get to that
  left: ({ input, state, counts }, ctx) => {
    const { format, of, dryRun } = input as ImportFields;
    const ofCustomers = format !== 'rapport' && !schemaOf(of).records;
    const mayHaveWritten = (state === 'cancelled' || counts.read) && ofCustomers && !dryRun;
    return mayHaveWritten ? startSearch(ctx).changes : [];
  },
};
