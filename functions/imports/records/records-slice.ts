import { idWithin } from '../../../events/ids.ts';
import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { AnyImportable } from '../../shared/imports/importable.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Sliced } from '../../shared/jobs/work.ts';
import { countsOf } from '../counts-of.ts';
import type { RowFormat } from '../formats.ts';
import { type Cursor, type ImportFields, uploadPath } from '../import.ts';
import { noteErrors } from '../note-errors.ts';
import { type ReadRows, readRows, replaced } from '../read-rows.ts';
import { bringRecordsIn } from './bring-records-in.ts';
import { joinedRows, type Together } from './joined-rows.ts';
import { rehearsedRecords, storedRecords } from './record-ground.ts';
import { recordsOf } from './record-paths.ts';
import { type RecordHow, type RecordRow, recordRow } from './record-row.ts';

type Slice = { all: Together[]; cursor: Cursor; over: boolean };

const tornFault = 'the record has more rows than are read at a time';

/** rows of a record that has more of them than are read at a time are not made one of their own */
const withoutTorn = (all: Together[], torn: string | undefined): Together[] => {
  const [first, ...others] = all;
  if (!first || torn === undefined || first.key !== torn) return all;
  const failing = (row: RecordRow): RecordRow => ({
    ...row,
    failed: true,
    errors: [...row.errors, { line: row.line, column: null, value: null, message: tornFault }],
  });
  return [{ ...first, rows: first.rows.map(failing) }, ...others];
};

/** The rows of a slice by record; the last one, which may go on, is left to the next slice. */
const sliceOf = async (read: (most?: number) => Promise<ReadRows>, how: RecordHow, torn?: string): Promise<Slice> => {
  const { joins = false } = how.records as AnyImportable;
  const { rows, cursor, over } = await read();
  const all = joinedRows(
    rows.map(row => recordRow(row, how)),
    joins,
  );
  const { torn: _, ...at } = cursor;
  if (!joins || over || !all.length) return { all: withoutTorn(all, torn), cursor: at, over };
  // behind the last record whatever cannot be read may be of it
  const last = all.findLastIndex(({ key }) => key !== undefined);
  const whole = all.slice(0, Math.max(last, 0));
  if (!whole.length) {
    const { key } = all[Math.max(last, 0)] ?? {};
    return { all: withoutTorn(all, torn ?? key), cursor: key === undefined ? at : { ...at, torn: key }, over };
  }
  const part = await read(whole.reduce((sum, { rows }) => sum + rows.length, 0));
  const { torn: __, ...next } = part.cursor;
  return { all: withoutTorn(whole, torn), cursor: next, over: false };
};

/** The next rows of a file of records; done again after a crash they come to the same, as what a row did is kept with its record. */
export const recordsSlice = async (job: Job, { tenant, now, store }: Ctx): Promise<Sliced> => {
  const { id } = job;
  const fields = job.input as ImportFields;
  const cursor = job.cursor as Cursor;
  const records = recordsOf(fields.of) as AnyImportable;
  const files = filesOf(tenant, { short: true });
  const how = { ...fields, records } as RecordHow;
  const read = (most?: number) => readRows(files, id, fields.format as RowFormat, cursor, most);
  const [{ etag } = {}, slice] = await Promise.all([files.look(uploadPath(id)), sliceOf(read, how, cursor.torn)]);
  if (etag !== cursor.etag) throw replaced();
  const newId = (line: number, at: string) => idWithin(records.entity.kind as 'order', id, line, at);
  const ground = fields.dryRun
    ? rehearsedRecords(store, records, { importId: id, now })
    : storedRecords(store, records);
  const outcomes = await bringRecordsIn(slice.all, { id, now, records, since: cursor.line, newId }, ground, store);
  const lines = slice.all.flatMap(({ rows }) => rows.map(({ line }) => line));
  const all = lines.sort((a, b) => a - b).flatMap(line => outcomes.get(line) ?? []);
  const result = await noteErrors(
    files,
    job,
    all.flatMap(({ errors }) => errors),
  );
  const over = slice.over ? { gathering: { next: 0, etags: [] } } : {};
  return { cursor: { ...slice.cursor, ...over }, counts: countsOf(all), result };
};
