import { tooDeep } from '../shared/http/parse.ts';
import { storable, unstorable } from '../shared/http/storable.ts';
import { isObject } from '../shared/json.ts';
import { textOf } from './encoding.ts';
import type { Cursor } from './import.ts';
import type { Row } from './read-csv.ts';
import { flattened } from './read-ndjson.ts';
import type { Cells } from './row-profile.ts';

/** A row of a file as its cells by column; `fault`: why it cannot be read, `value`: what stands there. */
export type FileRow = { line: number; cells: Cells } | { line: number; fault: string; value: string };

/** what is shown of a row that cannot be read */
const mostShown = 500;

const faulty = ({ line, cells }: Row, cursor: Cursor, fault: string): FileRow => ({
  line,
  fault,
  value: cells
    .map(cell => textOf(cell).slice(0, mostShown))
    .join(cursor.delimiter)
    .slice(0, mostShown),
});

/** With more or fewer cells than columns nobody knows which is which; empty ones at the end do no harm. */
const raggedness = ({ cells }: Row, { columns }: Cursor) => {
  const fits = cells.length >= columns.length && cells.slice(columns.length).every(cell => !cell.length);
  return fits ? undefined : `the row has ${cells.length} cells, and the file ${columns.length} columns`;
};

export const csvRow = (row: Row, cursor: Cursor): FileRow => {
  const fault = row.fault ?? raggedness(row, cursor);
  if (fault) return faulty(row, cursor, fault);
  const cells = cursor.columns.map((column, nth) => ({
    column,
    value: storable(textOf(row.cells[nth] as Buffer).trim()),
  }));
  return { line: row.line, cells };
};

/** what may be a number that is not kept exactly: it is read as it is written */
const long = /\d{16}|\d[eE][+-]?\d{2}/;
const asWritten = (_: string, value: unknown, written?: { source?: string }) =>
  typeof value === 'number' && unstorable(value).length ? written?.source : value;

const parsed = (text: string): unknown => {
  try {
    return long.test(text) ? JSON.parse(text, asWritten) : JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const ndjsonRow = (row: Row, cursor: Cursor): FileRow => {
  if (row.fault) return faulty(row, cursor, row.fault);
  const value = parsed(textOf(row.cells[0] as Buffer));
  if (!isObject(value)) return faulty(row, cursor, 'the line is not a JSON object');
  if (tooDeep(value)) return faulty(row, cursor, 'the object is nested too deep');
  const cells = flattened(storable(value) as Record<string, unknown>).map(([column, value]) => ({ column, value }));
  return { line: row.line, cells };
};
