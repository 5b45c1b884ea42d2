import { idWithin } from '../../../events/ids.ts';
import { importFailed } from '../../../events/import.ts';
import { say } from '../../shared/changes.ts';
import type { Ctx } from '../../shared/context.ts';
import { filesOf } from '../../shared/files.ts';
import type { Job } from '../jobs/job.ts';
import type { Sliced, Work } from '../jobs/work.ts';
import { updateDuplicates } from '../matching/update-duplicates.ts';
import { settingsOf } from '../settings.ts';
import { bringIn } from './bring-in.ts';
import type { Outcome } from './decide-rows.ts';
import { gatherErrors } from './gather-errors.ts';
import { storedGround } from './ground.ts';
import {
  type Cursor,
  errorKey,
  type ImportFields,
  nothingFound,
  piecePath,
  type Result,
  saidOf,
  uploadPath,
} from './import.ts';
import { readRows, replaced } from './read-rows.ts';
import { rehearsalGround } from './rehearsal.ts';
import { type How, toldRow } from './told-row.ts';

/** different errors that are counted; files with more have others to worry about */
const mostCounted = 100;

const countsOf = (outcomes: Outcome[]) => {
  const counts: Record<string, number> = { read: outcomes.length, withErrors: 0 };
  for (const { did, errors } of outcomes) {
    counts[did] = (counts[did] ?? 0) + 1;
    if (did !== 'failed' && errors.length) counts.withErrors = (counts.withErrors ?? 0) + 1;
  }
  return counts;
};

const found = (before: Result, outcomes: Outcome[]): Result => {
  const errors = { ...before.errors };
  const all = outcomes.flatMap(outcome => outcome.errors);
  for (const { column, message } of all) {
    const key = errorKey(column, message);
    if (key in errors || Object.keys(errors).length < mostCounted) errors[key] = (errors[key] ?? 0) + 1;
  }
  return { errors, listed: before.listed + all.length, pieces: before.pieces + (all.length ? 1 : 0) };
};

/** the next rows of the file; done again after a crash they come to the same, as what a row did is kept with its customer */
const rowsSlice = async (job: Job, { tenant, now, store }: Ctx): Promise<Sliced> => {
  const fields = job.input as ImportFields;
  const cursor = job.cursor as Cursor;
  const files = filesOf(tenant, { short: true });
  const [settings, { etag } = {}] = await Promise.all([settingsOf(store), files.look(uploadPath(job.id))]);
  if (etag !== cursor.etag) throw replaced();
  const read = await readRows(files, job.id, fields.format, cursor);
  const rows = read.rows.map(row => toldRow(row, fields as How));
  const { id } = job;
  const how = {
    ...fields,
    id,
    now,
    settings,
    since: cursor.line,
    idOf: (line: number) => idWithin('customer', id, line),
  };
  const ground = fields.dryRun ? rehearsalGround(store, { importId: id, now }) : storedGround(store);
  const { outcomes, touched } = await bringIn(rows, how, ground);
  // those that were written before a crash were perhaps not compared
  if (!fields.dryRun) await updateDuplicates(touched, { now, store });
  const all = rows.flatMap(({ line }) => outcomes.get(line) ?? []);
  const before = (job.result as Result | null) ?? nothingFound;
  const result = found(before, all);
  const lines = all.flatMap(({ errors }) => errors.map(error => `${JSON.stringify(error)}\n`));
  if (lines.length) await files.put(piecePath(id, before.pieces), lines.join(''));
  const over = read.over ? { gathering: { next: 0, etags: [] } } : {};
  return { cursor: { ...read.cursor, ...over }, counts: countsOf(all), result };
};

/** Brings the rows of a file in, some hundreds a slice, then makes one file of what was wrong with them. */
export const importWork: Work = {
  slice: (job, ctx) => ((job.cursor as Cursor).gathering ? gatherErrors(job, ctx) : rowsSlice(job, ctx)),
  failed: (job, problem) => [say(importFailed, { about: job.id, data: { ...saidOf(job), rows: job.counts, problem } })],
};
