import { isObject } from '../shared/json.ts';
import { mostRowBytes, type Read } from './read-csv.ts';

const lf = 0x0a;

/** Lines of NDJSON from the beginning of `bytes`, up to `most`, each as one cell. `last`: nothing comes after these bytes. */
export const readLines = (bytes: Buffer, { most, last, line }: { most: number; last: boolean; line: number }): Read => {
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

/** an object's values by their paths in dots; lists stay whole */
export const flattened = (value: Record<string, unknown>, path: string[] = []): [column: string, value: unknown][] =>
  Object.entries(value).flatMap(([name, part]) =>
    isObject(part) ? flattened(part, [...path, name]) : [[[...path, name].join('.'), part]],
  );
