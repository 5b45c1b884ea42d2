import type { filesOf } from '../shared/aws/files.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { conflictOf } from './conflicts.ts';
import { delimiterOf, encodingOf, readable, textOf } from './encoding.ts';
import type { FileRow } from './file-row.ts';
import { formats, type RowFormat } from './formats.ts';
import { type Cursor, mostFileBytes, uploadPath } from './import.ts';
import { readCsv } from './read-csv.ts';

/** how much of a file is read to see what it is like */
const looked = 262_144;
const sampled = 200;
const tooLong = `is longer than ${looked} bytes`;

type Files = ReturnType<typeof filesOf>;

/** where a file's rows begin, and the first of them */
export type Beginning = { cursor: Cursor; rows: FileRow[]; samples: Record<string, string>[] };

const uploaded = async (files: Files, id: string) => {
  const found = await files.look(uploadPath(id));
  if (!found) throw conflictOf('import.no-file', 'the file was not uploaded yet: PUT it to uploadUrl');
  if (!found.size) throw conflictOf('import.empty', 'the file is empty');
  if (found.size <= mostFileBytes) return found;
  const message = `the file has ${found.size} bytes, and no more than ${mostFileBytes} are taken: cut it in several`;
  throw new ApiError('tooLarge', 'import.too-large', message);
};

const unseen = /[^\P{Cc}\s]/u;

/** what the columns of a file may not be */
const faultOf = (columns: string[], cut: boolean) => {
  if (!columns.some(Boolean))
    return conflictOf('import.no-columns', `the first line of the file ${cut ? tooLong : 'names no columns'}`);
  if (/^sep=/i.test(columns[0] ?? ''))
    return conflictOf('import.no-columns', 'the first line is a note for spreadsheets (sep=): leave it out');
  if (columns.some(column => unseen.test(column)))
    return conflictOf(
      'import.not-text',
      'the file is no text: is it a spreadsheet, or compressed? Save it as CSV in UTF-8',
    );
  const twice = columns.find((column, nth) => column && columns.indexOf(column) < nth);
  return twice && conflictOf('import.column-twice', `the file has two columns called ${twice}`);
};

/** old Macs ended lines so: the whole file would be its first line */
const endsInCr = (bytes: Buffer) => !bytes.includes('\n') && /\r[^\r]/.test(bytes.toString('latin1'));

/** the columns that the first line of CSV names, and what it takes */
const headerOf = (bytes: Buffer, delimiter: string, last: boolean) => {
  if (endsInCr(bytes)) throw conflictOf('import.line-ends', 'the lines of the file end in CR: save it with LF or CRLF');
  const { rows, ...taken } = readCsv(bytes, { delimiter, most: 1, last, line: 1 });
  const columns = (rows[0]?.cells ?? []).map(cell => textOf(cell).trim());
  const fault = faultOf(columns, !rows.length && !last);
  if (fault) throw fault;
  return { columns, ...taken };
};

/** why there are no columns in lines of JSON */
const objectless = ([first]: FileRow[], last: boolean) => {
  if (!first && !last) return `the first line of the file ${tooLong}`;
  const why = first && 'fault' in first ? `: ${first.fault} (line ${first.line})` : '';
  return `no line of the file can be read as a JSON object${why}`;
};

const sampleOf = (row: FileRow) =>
  'fault' in row ? [] : [Object.fromEntries(row.cells.map(({ column, value }) => [column, String(value ?? '')]))];

/** What a file is like: encoding, delimiter, columns, its first rows. Refuses one that is not there, is empty or has no columns. */
export const beginningOf = async (files: Files, id: string, format: RowFormat): Promise<Beginning> => {
  const { size, etag } = await uploaded(files, id);
  const start = await files.read(uploadPath(id), { to: Math.min(size, looked) });
  const last = size <= looked;
  const { encoding, mark } = encodingOf(start, !last);
  const { bytes, taken } = readable(start.subarray(mark), encoding);
  const delimiter = delimiterOf(bytes);
  const header = format === 'csv' ? headerOf(bytes, delimiter, last) : { columns: [], bytes: 0, lines: 0 };
  const cursor: Cursor = {
    byte: mark + taken(header.bytes),
    line: header.lines + 1,
    size,
    etag,
    encoding,
    delimiter,
    columns: header.columns,
  };
  const { read, row } = formats[format];
  const rows = read(bytes.subarray(header.bytes), cursor, { most: sampled, last }).rows.map(one => row(one, cursor));
  const samples = rows.flatMap(sampleOf);
  if (format === 'csv') return { cursor, rows, samples };
  const columns = [...new Set(samples.flatMap(Object.keys))];
  if (!columns.length) throw conflictOf('import.no-columns', objectless(rows, last));
  return { cursor: { ...cursor, columns }, rows, samples };
};
