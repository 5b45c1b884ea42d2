import type { RecordRow } from './record-row.ts';

/** rows that are of one record */
export type Together = { key: string | undefined; rows: RecordRow[] };

/**
 * Rows of a file by the records that they are of: those that follow each other and name the same one, and what cannot be read
 * between them.
 */
export const joinedRows = (rows: RecordRow[], joins: boolean): Together[] => {
  const found: Together[] = [];
  let between: RecordRow[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (joins && row.key === undefined) between.push(row);
    else if (joins && last?.key === row.key) {
      last?.rows.push(...between, row);
      between = [];
    } else {
      found.push(...between.map(one => ({ key: undefined, rows: [one] })), { key: row.key, rows: [row] });
      between = [];
    }
  }
  return [...found, ...between.map(one => ({ key: undefined, rows: [one] }))];
};
