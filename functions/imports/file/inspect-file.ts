import { noFile } from '../../exports/errors.ts';
import type { filesOf } from '../../shared/aws/files.ts';
import { isObject } from '../../shared/json.ts';
import { columnTwice, fileEmpty, fileTooLarge, noColumns, notText } from '../errors.ts';
import { type Cursor, mostFileBytes, uploadPath } from '../import.ts';
import { delimiterOf, encodingOf, endsInCr, readable, textOf } from './encoding.ts';
import { type FileRow, formats, type RowFormat } from './formats.ts';
import { readCsv } from './read-csv.ts';

const mostInspected = 262_144;
const sampled = 200;
const tooLong = `is longer than ${mostInspected} bytes`;

type Files = ReturnType<typeof filesOf>;

/** where a file's rows begin, and the first of them */
export type Inspected = { cursor: Cursor; rows: FileRow[]; samples: Record<string, string>[] };

const uploaded = async (files: Files, id: string) => {
  const found = await files.look(uploadPath(id));
  if (!found) throw noFile();
  if (!found.size) throw fileEmpty();
  if (found.size > mostFileBytes)
    throw fileTooLarge(`The file has ${found.size} bytes; the limit is ${mostFileBytes}. Split it into several.`);
  return found;
};

const invisible = /[^\P{Cc}\s]/u;

const faultOf = (columns: string[], cut: boolean) => {
  if (!columns.some(Boolean)) return noColumns(`The first line of the file ${cut ? tooLong : 'names no columns'}.`);
  if (columns.some(column => invisible.test(column))) return notText();
  const twice = columns.find((column, nth) => column && columns.indexOf(column) < nth);
  return twice && columnTwice(`The file has two columns called ${twice}.`);
};

/** the columns in the first line of CSV, and its length */
const headerOf = (bytes: Buffer, delimiter: string, last: boolean) => {
  const { rows, ...taken } = readCsv(bytes, { delimiter, most: 1, last, line: 1 });
  const columns = (rows[0]?.cells ?? []).map(cell => textOf(cell).trim());
  const fault = faultOf(columns, !rows.length && !last);
  if (fault) throw fault;
  return { columns, ...taken };
};

const noObject = ([first]: FileRow[], last: boolean) => {
  if (!first && !last) return `The first line of the file ${tooLong}.`;
  const why = first && 'fault' in first ? `: ${first.fault} (line ${first.line})` : '';
  return `No line of the file can be read as a JSON object${why}.`;
};

const sampleOf = (row: FileRow) =>
  'fault' in row
    ? []
    : [
        Object.fromEntries(
          row.cells.flatMap(({ column, value }) => (isObject(value) ? [] : [[column, String(value ?? '')]])),
        ),
      ];

/** What a file is like: encoding, delimiter, columns, its first rows. Refuses one that is missing, empty or has no columns. */
export const inspectFile = async (files: Files, id: string, format: RowFormat): Promise<Inspected> => {
  const { size, etag } = await uploaded(files, id);
  const start = await files.read(uploadPath(id), { to: Math.min(size, mostInspected) });
  const last = size <= mostInspected;
  const { encoding, mark } = encodingOf(start, !last);
  const crOnly = endsInCr(readable(start.subarray(mark), encoding).bytes);
  const { bytes, taken } = readable(start.subarray(mark), encoding, crOnly);
  const { delimiter, bytes: skipped } = delimiterOf(bytes);
  const header =
    format === 'csv' ? headerOf(bytes.subarray(skipped), delimiter, last) : { columns: [], bytes: 0, lines: 0 };
  const { columns, lines } = header;
  const begin = format === 'csv' ? skipped + header.bytes : 0;
  const line = lines + (begin > header.bytes ? 2 : 1);
  const byte = mark + taken(begin);
  const cursor: Cursor = { byte, line, size, etag, encoding, delimiter, columns, ...(crOnly ? { crOnly } : {}) };
  const { read, row } = formats[format];
  const rows = read(bytes.subarray(begin), cursor, { most: sampled, last }).rows.map(one => row(one, cursor));
  const samples = rows.flatMap(sampleOf);
  if (format === 'csv') return { cursor, rows, samples };
  const named = [...new Set(samples.flatMap(Object.keys))];
  if (!named.length) throw noColumns(noObject(rows, last));
  return { cursor: { ...cursor, columns: named }, rows, samples };
};
