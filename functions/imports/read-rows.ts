import type { filesOf } from '../shared/aws/files.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { readable } from './encoding.ts';
import type { FileRow } from './file-row.ts';
import { formats, type RowFormat } from './formats.ts';
import { type Cursor, uploadPath } from './import.ts';
import { mostRowBytes } from './read-csv.ts';

/** rows a slice: a second of work, and within a function's time on a machine that is ten times slower */
const mostRows = 800;

/** bytes read at first; where no row ends in them, as many as the longest row of two-byte characters takes */
const lengths = [524_288, 2 * mostRowBytes + 65_536];

const lf = 0x0a;

/** Some rows of the file, and where the next begin. */
export type ReadRows = { rows: FileRow[]; cursor: Cursor; over: boolean };

type Files = ReturnType<typeof filesOf>;

/** the rest of a line that is too long */
const passedOver = (bytes: Buffer, { line }: Cursor) => {
  const end = bytes.indexOf(lf);
  return end < 0
    ? { rows: [], taken: bytes.length, line, skipping: true }
    : { rows: [], taken: end + 1, line: line + 1, skipping: false };
};

const tooLong = (line: number): FileRow => ({ line, fault: 'the row is longer than a megabyte', value: '' });

const rowsIn = (bytes: Buffer, cursor: Cursor, format: RowFormat, piece: { most: number; last: boolean }) => {
  const { read, row } = formats[format];
  const found = read(bytes, cursor, piece);
  return {
    rows: found.rows.map(one => row(one, cursor)),
    taken: found.bytes,
    line: cursor.line + found.lines,
    skipping: false,
  };
};

/** The rows of a file from a place on, up to some hundreds, however long they are and whatever is broken. */
export const readRows = async (
  files: Files,
  id: string,
  format: RowFormat,
  cursor: Cursor,
  most = mostRows,
): Promise<ReadRows> => {
  for (const length of lengths) {
    const to = Math.min(cursor.byte + length, cursor.size);
    const raw = await files.read(uploadPath(id), { from: cursor.byte, to });
    if (raw.length < to - cursor.byte) throw replaced();
    const last = to === cursor.size;
    const { bytes, taken } = readable(raw, cursor.encoding);
    const found = cursor.skipping ? passedOver(bytes, cursor) : rowsIn(bytes, cursor, format, { most, last });
    const none = !found.taken && !last;
    if (none && length !== lengths.at(-1)) continue;
    const whole = found.taken === bytes.length || none;
    return {
      rows: none ? [tooLong(cursor.line)] : found.rows,
      cursor: {
        ...cursor,
        byte: whole ? to : cursor.byte + taken(found.taken),
        line: found.line,
        skipping: found.skipping || none,
      },
      over: last && whole,
    };
  }
  throw new Error('unreachable');
};

export const replaced = () =>
  new ApiError('gone', 'import.file-replaced', 'the file was replaced or removed while it was being imported');
