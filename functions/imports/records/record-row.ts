import type { AnyImportable, Given } from '../../shared/imports/importable.ts';
import type { FileRow } from '../file-row.ts';
import type { ImportFields } from '../import.ts';
import { type Cells, gathered, joined, type RowError } from '../row-profile.ts';
import { rowError } from '../told-row.ts';
import { keptCell } from './kept-cell.ts';
import { fieldAt } from './record-paths.ts';
import { writtenAmount } from './written-amount.ts';

/** What a row says of a record, each value as it is kept, and what it says that cannot be kept. */
export type RecordRow = {
  line: number;
  given: Given;
  /** by what the record is known, where it says so */
  key: string | undefined;
  /** the cells that each path came from */
  from: Map<string, Cells>;
  errors: RowError[];
  /** nothing of it can be used */
  failed: boolean;
};

export type RecordHow = { records: AnyImportable; mapping: Record<string, string> } & Pick<
  ImportFields,
  'country' | 'dates' | 'currency'
>;

/** an amount of money by what the row says of it, as people write it or in parts; undefined: nothing */
const moneyAt = (path: string, written: unknown, given: Given, { currency }: RecordHow) => {
  const { [`${path}.amount`]: amount, [`${path}.currency`]: own, currency: ofRow } = given;
  const named = (own ?? ofRow ?? currency) as string | undefined;
  if (written !== undefined) return writtenAmount(written, named);
  if (amount === undefined) return undefined;
  return named ? { value: { amount, currency: named } } : { fault: 'names no currency' };
};

const mostCharacters = 500;

const tooLong = (value: unknown, { most = mostCharacters }: { most?: number } = {}) =>
  typeof value === 'string' && value.length > most ? { fault: `has more than ${most} characters` } : undefined;

type Filled = Pick<RecordRow, 'given' | 'errors' | 'failed'>;

const filled = (row: Pick<RecordRow, 'line' | 'from'>, values: Map<string, unknown>, how: RecordHow): Filled => {
  const { records } = how;
  const into: Filled = { given: {}, errors: [], failed: false };
  const keep = (path: string, kept: { value: unknown } | { fault: string } | undefined) => {
    if (!kept) return;
    if ('value' in kept) into.given[path] = kept.value;
    else {
      into.errors.push(rowError(row, path, kept.fault));
      into.failed ||= fieldAt(records, path)?.needed ?? false;
    }
  };
  for (const [path, value] of values) {
    const field = fieldAt(records, path);
    const is = field?.is;
    if (!is || is === 'money') continue;
    keep(path, tooLong(value, field) ?? keptCell[is](value, how));
  }
  for (const [path, { is }] of Object.entries(records.fields)) {
    if (is === 'money') keep(path, moneyAt(path, values.get(path), into.given, how));
  }
  return into;
};

/** what a row of a file says of a record */
export const recordRow = (row: FileRow, how: RecordHow): RecordRow => {
  const { line } = row;
  if ('fault' in row) {
    const errors = [{ line, column: null, value: row.value, message: row.fault }];
    return { line, given: {}, key: undefined, from: new Map(), errors, failed: true };
  }
  const from = gathered(row.cells, how.mapping);
  const values = new Map(
    [...from].map(([path, cells]) => [path, joined(cells)] as const).filter(([, value]) => value !== ''),
  );
  const { given, errors, failed } = filled({ line, from }, values, how);
  const { key: path } = how.records;
  const key = given[path] as string | undefined;
  if (key !== undefined) return { line, given, key, from, errors, failed };
  // told already why it cannot be read
  if (from.has(path)) return { line, given, key, from, errors, failed: true };
  const none = rowError({ line, from }, path, `has no ${path}, which rows are known by`);
  return { line, given, key, from, errors: [...errors, none], failed: true };
};
