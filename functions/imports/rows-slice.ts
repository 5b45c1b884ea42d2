import { idWithin } from '../../events/ids.ts';
import { settingsOf } from '../customers/settings.ts';
import { updateDuplicates } from '../matching/find-duplicates.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Sliced } from '../shared/jobs/work.ts';
import { bringIn } from './bring-in.ts';
import { comparesLater } from './compare-later.ts';
import { countsOf } from './counts-of.ts';
import type { RowFormat } from './formats.ts';
import { storedGround } from './ground.ts';
import { type Cursor, type ImportFields, uploadPath } from './import.ts';
import { noteErrors } from './note-errors.ts';
import { readRows, replaced } from './read-rows.ts';
import { rehearsalGround } from './rehearsal.ts';
import { type How, toldRow } from './told-row.ts';

/** The next rows of the file; done again after a crash they come to the same, as what a row did is kept with its customer. */
export const rowsSlice = async (job: Job, { tenant, now, store }: Ctx): Promise<Sliced> => {
  const { id } = job;
  const fields = job.input as ImportFields;
  const cursor = job.cursor as Cursor;
  const files = filesOf(tenant, { short: true });
  const [settings, { etag } = {}, read, later] = await Promise.all([
    settingsOf(store),
    files.look(uploadPath(id)),
    readRows(files, id, fields.format as RowFormat, cursor),
    !fields.dryRun && comparesLater(job, cursor, store),
  ]);
  if (etag !== cursor.etag) throw replaced();
  const rows = read.rows.map(row => toldRow(row, fields as How));
  const idOf = (line: number) => idWithin('customer', id, line);
  const ground = fields.dryRun ? rehearsalGround(store, { importId: id, now }) : storedGround(store);
  const how = { ...fields, id, now, settings, since: cursor.line, idOf };
  const { outcomes, touched } = await bringIn(rows, how, ground);
  // those that were written before a crash were perhaps not compared
  if (!fields.dryRun && !later) await updateDuplicates(touched, { now, store });
  const all = rows.flatMap(({ line }) => outcomes.get(line) ?? []);
  const errors = all.flatMap(outcome => outcome.errors);
  const result = await noteErrors(files, job, errors);
  const over = read.over ? { gathering: { next: 0, etags: [] } } : {};
  return { cursor: { ...read.cursor, ...(later ? { later } : {}), ...over }, counts: countsOf(all), result };
};
