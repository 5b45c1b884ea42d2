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
import type { RowFormat } from './formats.ts';
import { gatherErrors } from './gather-errors.ts';
import { storedGround } from './ground.ts';
import { type Cursor, type ImportFields, saidOf, uploadPath } from './import.ts';
import { noteErrors } from './note-errors.ts';
import { readRows, replaced } from './read-rows.ts';
import { rehearsalGround } from './rehearsal.ts';
import { takeBackSlice } from './take-back.ts';
import { type How, toldRow } from './told-row.ts';

const countsOf = (outcomes: Outcome[]) => {
  const counts: Record<string, number> = { read: outcomes.length, withErrors: 0 };
  for (const { did, errors } of outcomes) {
    counts[did] = (counts[did] ?? 0) + 1;
    if (did !== 'failed' && errors.length) counts.withErrors = (counts.withErrors ?? 0) + 1;
  }
  return counts;
};

/** the next rows of the file; done again after a crash they come to the same, as what a row did is kept with its customer */
const rowsSlice = async (job: Job, { tenant, now, store }: Ctx): Promise<Sliced> => {
  const fields = job.input as ImportFields;
  const cursor = job.cursor as Cursor;
  const files = filesOf(tenant, { short: true });
  const [settings, { etag } = {}] = await Promise.all([settingsOf(store), files.look(uploadPath(job.id))]);
  if (etag !== cursor.etag) throw replaced();
  const read = await readRows(files, job.id, fields.format as RowFormat, cursor);
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
  const result = await noteErrors(
    files,
    job,
    all.flatMap(({ errors }) => errors),
  );
  const over = read.over ? { gathering: { next: 0, etags: [] } } : {};
  return { cursor: { ...read.cursor, ...over }, counts: countsOf(all), result };
};

/** Brings the rows of a file in, some hundreds a slice, then makes one file of what was wrong with them. */
export const importWork: Work = {
  slice: (job, ctx) => {
    if ((job.cursor as Cursor).gathering) return gatherErrors(job, ctx);
    return (job.input as ImportFields).format === 'rapport' ? takeBackSlice(job, ctx) : rowsSlice(job, ctx);
  },
  failed: (job, problem) => [say(importFailed, { about: job.id, data: { ...saidOf(job), rows: job.counts, problem } })],
};
