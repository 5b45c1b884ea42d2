import * as z from 'zod';
import { overlaps } from '../../customers/attributes/paths.ts';
import { parseAmount } from '../../customers/attributes/written-values.ts';
import type { FileField } from '../../shared/imports/importable.ts';
import { isObject, type Json } from '../../shared/json.ts';
import type { FileRow } from '../file/formats.ts';
import type { ImportFields } from '../import.ts';
import { type Parsed, parseValue } from './parse-value.ts';
import type { RowSchema } from './row-schemas.ts';

export type Cells = { column: string; value: unknown }[];

/** what is wrong with one value of a row; without a column it concerns the whole row */
export const RowError = z.object({
  line: z.int(),
  column: z.string().nullable(),
  value: z.unknown(),
  message: z.string(),
});
export type RowError = z.output<typeof RowError>;

/** What a row of a file says, and what of it cannot be used. */
export type ParsedRow = {
  line: number;
  /** values in their stored form: of a customer its profile, of other records by path */
  values: Json;
  /** what its record is identified by, where its schema has a key */
  key: string | undefined;
  /** the cells that each path comes from */
  cells: Map<string, Cells>;
  errors: RowError[];
  failed: boolean;
};

export type RowOptions = { schema: RowSchema; mapping: Record<string, string> } & Pick<
  ImportFields,
  'country' | 'dates' | 'currency'
> & {
    /** of phone numbers in rows without a country */
    home?: string | undefined;
  };

const mostShown = 500;

const shown = (cells: Cells = []) => {
  const [cell] = cells;
  const value = cells.length === 1 ? cell?.value : cells.map(({ value }) => String(value)).join(' ');
  return typeof value === 'string' ? value.slice(0, mostShown) : value;
};

/** an error of a path, reported for the column that the path comes from */
export const rowError = (
  { line, cells }: Pick<ParsedRow, 'line' | 'cells'>,
  path: string,
  message: string,
): RowError => {
  const [, found] = [...cells].find(([one]) => path && overlaps(one, path)) ?? [];
  return { line, column: found?.[0]?.column ?? null, value: found ? shown(found) : null, message };
};

const joined = (cells: Cells) =>
  cells.find(({ value }) => isObject(value))?.value ??
  (cells.length === 1 && typeof cells[0]?.value !== 'string'
    ? cells[0]?.value
    : cells
        .map(({ value }) => String(value).trim())
        .filter(Boolean)
        .join(' '));

/** the columns of each path, in the order of the file; empty ones say nothing */
const cellsByPath = (row: Cells, mapping: RowOptions['mapping']) => {
  const paths = new Map<string, Cells>();
  for (const cell of row) {
    const path = Object.hasOwn(mapping, cell.column) ? mapping[cell.column] : undefined;
    const value = typeof cell.value === 'string' ? cell.value.trim() : cell.value;
    if (path && value !== '' && value !== null && value !== undefined)
      paths.set(path, [...(paths.get(path) ?? []), cell]);
  }
  return paths;
};

const mostCharacters = 500;

const tooLong = (value: unknown, most = mostCharacters) =>
  typeof value === 'string' && value.length > most ? { fault: `has more than ${most} characters` } : undefined;

const notSingle = (value: unknown, { is }: FileField) =>
  isObject(value) && is !== 'any' && is !== 'list' ? { fault: 'is an object: map its parts' } : undefined;

const moneyAt = (path: string, written: unknown, values: Json, { currency }: RowOptions): Parsed | undefined => {
  const { [`${path}.amount`]: amount, [`${path}.currency`]: own, currency: ofRow } = values;
  const named = (own ?? ofRow ?? currency) as string | undefined;
  if (written !== undefined) return parseAmount(written, named);
  if (amount === undefined) return undefined;
  return named ? { value: { amount, currency: named } } : { fault: 'has no currency' };
};

const parseValues = (row: Pick<ParsedRow, 'line' | 'cells'>, options: RowOptions) => {
  const { schema } = options;
  const result = { values: {} as Json, errors: [] as RowError[], failed: false };
  const store = (path: string, parsed: Parsed | undefined) => {
    if (!parsed) return;
    if ('value' in parsed) result.values[path] = parsed.value;
    else {
      result.errors.push(rowError(row, path, parsed.fault));
      result.failed ||= schema.fieldAt(path)?.needed ?? false;
    }
  };
  let { country } = options;
  const fields = [...row.cells].map(([path, cells]) => ({ path, field: schema.fieldAt(path), value: joined(cells) }));
  // the row's own country says how its phone number and postcode are read
  const isCountry = ({ field }: (typeof fields)[number]) => Number(field?.is === 'country');
  for (const { path, field, value } of fields.sort((a, b) => isCountry(b) - isCountry(a))) {
    if (!field || field.is === 'money') continue;
    const parsed =
      tooLong(value, field.most) ?? notSingle(value, field) ?? parseValue[field.is](value, { ...options, country });
    store(path, parsed);
    if (field.is === 'country' && 'value' in parsed) country = parsed.value as string;
  }
  for (const [path, { is }] of Object.entries(schema.fields)) {
    const written = fields.find(field => field.path === path)?.value;
    if (is === 'money') store(path, moneyAt(path, written, result.values, options));
  }
  if (schema.normalise) {
    const fault = (path: string, message: string) => result.errors.push(rowError(row, path, message));
    result.values = schema.normalise(result.values, fault);
  }
  return result;
};

export const parseRow = (row: FileRow, options: RowOptions): ParsedRow => {
  const { line } = row;
  if ('fault' in row) {
    const errors = [{ line, column: null, value: row.value, message: row.fault }];
    return { line, values: {}, key: undefined, cells: new Map(), errors, failed: true };
  }
  const cells = cellsByPath(row.cells, options.mapping);
  const { values, errors, failed } = parseValues({ line, cells }, options);
  const { key: path } = options.schema;
  if (path === undefined) return { line, values, key: undefined, cells, errors, failed };
  const key = values[path] as string | undefined;
  const isMissing = key === undefined && !cells.has(path);
  const missing = isMissing ? [rowError({ line, cells }, path, `has no ${path}, which identifies the rows`)] : [];
  return { line, values, key, cells, errors: [...errors, ...missing], failed: failed || key === undefined };
};
