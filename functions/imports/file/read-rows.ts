import type { filesOf } from '../../shared/aws/files.ts';
import { fileReplaced } from '../errors.ts';
import { type Cursor, uploadPath } from '../import.ts';
import { readable } from './encoding.ts';
import { type FileRow, formats, type RowFormat } from './formats.ts';
import { mostRowBytes } from './read-csv.ts';

/** bytes read at first; where no row ends in them, as many as the longest row of two-byte characters takes */
const lengths = { usual: 524_288, longest: 2 * mostRowBytes + 65_536 };

const lf = 0x0a;

export type ReadRows = { rows: FileRow[]; cursor: Cursor; over: boolean };

const skipped = (bytes: Buffer, { line }: Cursor) => {
  const end = bytes.indexOf(lf);
  return end < 0
    ? { rows: [], taken: bytes.length, line, skipping: true }
    : { rows: [], taken: end + 1, line: line + 1, skipping: false };
};

const rowsIn = (bytes: Buffer, cursor: Cursor, format: RowFormat, piece: { most: number; last: boolean }) => {
  const { read, row } = formats[format];
  const { rows, bytes: taken, lines } = read(bytes, cursor, piece);
  return { rows: rows.map(one => row(one, cursor)), taken, line: cursor.line + lines, skipping: false };
};

/** The rows of a file from a place on, up to some hundreds, however long they are and whatever is broken. */
export const readRows = async (
  files: ReturnType<typeof filesOf>,
  id: string,
  format: RowFormat,
  cursor: Cursor,
  most: number,
  length = lengths.usual,
): Promise<ReadRows> => {
  const to = Math.min(cursor.byte + length, cursor.size);
  const raw = await files.read(uploadPath(id), { from: cursor.byte, to });
  if (raw.length < to - cursor.byte) throw fileReplaced();
  const last = to === cursor.size;
  const { bytes, taken } = readable(raw, cursor.encoding, cursor.crOnly);
  const found = cursor.skipping ? skipped(bytes, cursor) : rowsIn(bytes, cursor, format, { most, last });
  const none = !found.taken && !last;
  if (none && length < lengths.longest) return readRows(files, id, format, cursor, most, lengths.longest);
  const whole = found.taken === bytes.length || none;
  const tooLong: FileRow = { line: cursor.line, fault: 'the row is longer than a megabyte', value: '' };
  return {
    rows: none ? [tooLong] : found.rows,
    cursor: {
      ...cursor,
      byte: whole ? to : cursor.byte + taken(found.taken),
      line: found.line,
      skipping: found.skipping || none,
    },
    over: last && whole,
  };
};
