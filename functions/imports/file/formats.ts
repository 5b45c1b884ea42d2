import { tooDeep } from '../../shared/http/parse.ts';
import { storable, unstorable } from '../../shared/http/storable.ts';
import { isObject, type Json } from '../../shared/json.ts';
import type { Cursor, ImportFields } from '../import.ts';
import type { Cells } from '../rows/parse-row.ts';
import { textOf } from './encoding.ts';
import { mostRowBytes, type Read, type Row, readCsv } from './read-csv.ts';

/** A row of a file as its cells by column; `fault`: why it cannot be read, `value`: its text. */
export type FileRow = { line: number; cells: Cells } | { line: number; fault: string; value: string };

export type RowFormat = Exclude<ImportFields['format'], 'rapport'>;

const mostShown = 500;

const faulty = ({ line, cells }: Row, cursor: Cursor, fault: string): FileRow => {
  const texts = cells.map(cell => textOf(cell).slice(0, mostShown));
  return { line, fault, value: texts.join(cursor.delimiter).slice(0, mostShown) };
};

/** more or fewer cells than columns cannot be assigned; empty ones at the end do no harm */
const raggedness = ({ cells }: Row, { columns }: Cursor) => {
  const fits = cells.length >= columns.length && cells.slice(columns.length).every(cell => !cell.length);
  return fits ? undefined : `the row has ${cells.length} cells, and the file ${columns.length} columns`;
};

/** spreadsheets write a text of digits as `="0123"` */
const withoutFormula = (text: string) => /^="([^"]*)"$/.exec(text)?.[1] ?? text;

const csvRow = (row: Row, cursor: Cursor): FileRow => {
  const fault = row.fault ?? raggedness(row, cursor);
  if (fault) return faulty(row, cursor, fault);
  const texts = row.cells.map(cell => storable(withoutFormula(textOf(cell).trim())));
  return { line: row.line, cells: cursor.columns.map((column, nth) => ({ column, value: texts[nth] })) };
};

const lf = 0x0a;

/** Lines of NDJSON from the beginning of `bytes`, up to `most`, each as one cell. `last`: nothing comes after these bytes. */
const readLines = (bytes: Buffer, { most, last, line }: { most: number; last: boolean; line: number }): Read => {
  const read: Read = { rows: [], bytes: 0, lines: 0 };
  while (read.bytes < bytes.length && read.rows.length < most) {
    const end = bytes.indexOf(lf, read.bytes);
    if (end < 0 && !last) break;
    const cell = bytes.subarray(read.bytes, end < 0 ? bytes.length : end);
    const fault = cell.length > mostRowBytes ? { fault: 'the line is longer than a megabyte' } : {};
    if (cell.toString('latin1').trim()) read.rows.push({ line: line + read.lines, cells: [cell], ...fault });
    read.bytes = end < 0 ? bytes.length : end + 1;
    read.lines++;
  }
  return read;
};

/** an object's values by their paths in dots, those of its objects too; lists stay whole */
const flattened = (value: Json, path: string[] = []): Cells =>
  Object.entries(value).flatMap(([name, part]) => [
    { column: [...path, name].join('.'), value: part },
    ...(isObject(part) ? flattened(part, [...path, name]) : []),
  ]);

/** a number that may not be stored exactly is read as it is written */
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

const ndjsonRow = (row: Row, cursor: Cursor): FileRow => {
  if (row.fault) return faulty(row, cursor, row.fault);
  const value = parsed(textOf(row.cells[0] as Buffer));
  if (!isObject(value)) return faulty(row, cursor, 'the line is not a JSON object');
  if (tooDeep(value)) return faulty(row, cursor, 'the object is nested too deep');
  return { line: row.line, cells: flattened(storable(value) as Json) };
};

type Format = {
  read(bytes: Buffer, cursor: Cursor, piece: { most: number; last: boolean }): Read;
  row(row: Row, cursor: Cursor): FileRow;
};

export const formats: Record<RowFormat, Format> = {
  csv: {
    read: (bytes, { delimiter, line, columns }, piece) =>
      readCsv(bytes, { ...piece, delimiter, line, columns: columns.length }),
    row: csvRow,
  },
  ndjson: { read: (bytes, { line }, piece) => readLines(bytes, { ...piece, line }), row: ndjsonRow },
};
