import type { ReadRows } from '../file/read-rows.ts';
import { type ParsedRow, parseRow, type RowOptions } from '../rows/parse-row.ts';
import type { RowGroup } from '../rows/upsert-rows.ts';

/** Rows by record: those that follow each other and have the same key, with what cannot be read between them. */
export const groupRows = (rows: ParsedRow[], joins: boolean): RowGroup[] => {
  const alone = (row: ParsedRow): RowGroup => ({ key: row.key, rows: [row] });
  if (!joins) return rows.map(alone);
  const groups: RowGroup[] = [];
  let between: ParsedRow[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (row.key === undefined) between.push(row);
    else {
      if (last?.key === row.key) last.rows.push(...between, row);
      else groups.push(...between.map(alone), alone(row));
      between = [];
    }
  }
  return [...groups, ...between.map(alone)];
};

const tornFault = 'the record has more rows than are read at a time';

/** rows of a record that has more of them than are read at a time are not made one of their own */
const withoutTorn = (groups: RowGroup[], torn: string | undefined): RowGroup[] => {
  const [first, ...others] = groups;
  if (!first || torn === undefined || first.key !== torn) return groups;
  const failing = (row: ParsedRow): ParsedRow => ({
    ...row,
    failed: true,
    errors: [...row.errors, { line: row.line, column: null, value: null, message: tornFault }],
  });
  return [{ ...first, rows: first.rows.map(failing) }, ...others];
};

/** The rows of a slice by record; the last one, which may continue, is left to the next slice. `torn`: the record that continues. */
export const readGroups = async (
  read: (most?: number) => Promise<ReadRows>,
  options: RowOptions,
  torn: string | undefined,
): Promise<Omit<ReadRows, 'rows'> & { groups: RowGroup[] }> => {
  const { joinsRows } = options.schema;
  const { rows, cursor, over } = await read();
  const parsed = rows.map(row => parseRow(row, options));
  const all = groupRows(parsed, joinsRows);
  const { torn: _, ...next } = cursor;
  if (!joinsRows || over || !all.length) return { groups: withoutTorn(all, torn), cursor: next, over };
  // what cannot be read behind the last record may be of it
  const last = all.findLastIndex(({ key }) => key !== undefined);
  const whole = all.slice(0, Math.max(last, 0));
  if (!whole.length) {
    const { key } = all[0] ?? {};
    return { groups: withoutTorn(all, torn ?? key), cursor: key === undefined ? next : { ...next, torn: key }, over };
  }
  const part = await read(whole.reduce((sum, { rows }) => sum + rows.length, 0));
  const { torn: __, ...at } = part.cursor;
  return { groups: withoutTorn(whole, torn), cursor: at, over: false };
};
