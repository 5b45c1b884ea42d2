import { csvRow, type FileRow, ndjsonRow } from './file-row.ts';
import type { Cursor, ImportFields } from './import.ts';
import { type Read, type Row, readCsv } from './read-csv.ts';
import { readLines } from './read-ndjson.ts';

/** the formats whose files have rows and columns */
export type RowFormat = Exclude<ImportFields['format'], 'rapport'>;

type Piece = { most: number; last: boolean };

type Format = {
  /** the rows at the beginning of some bytes, up to `most` */
  read(bytes: Buffer, cursor: Cursor, piece: Piece): Read;
  /** a row's cells by their columns */
  row(row: Row, cursor: Cursor): FileRow;
};

/** how the rows of a file are told apart, by its format */
export const formats: Record<RowFormat, Format> = {
  csv: {
    read: (bytes, { delimiter, line, columns }, { most, last }) =>
      readCsv(bytes, { delimiter, most, last, line, columns: columns.length }),
    row: csvRow,
  },
  ndjson: {
    read: (bytes, { line }, { most, last }) => readLines(bytes, { most, last, line }),
    row: ndjsonRow,
  },
};
