import { createHash } from 'node:crypto';
import { Profile } from '../customers/customer.ts';
import { withoutField } from '../customers/profile.ts';
import { fieldErrors } from '../shared/http/parse.ts';
import { isObject, type Json } from '../shared/json.ts';
import type { FileRow } from './file-row.ts';
import type { ImportFields } from './import.ts';
import { type Cells, mapped, type RowError } from './row-profile.ts';

/** What a row says of a customer, each value as it is kept, and what it says that cannot be kept. */
export type ToldRow = {
  line: number;
  profile: Json;
  /** the cells that each path came from */
  from: Map<string, Cells>;
  errors: RowError[];
  /** the row says nothing that can be used */
  failed: boolean;
};

/** a value as it stood in the file, or the beginning of a long one */
const shown = (cells: Cells | undefined) => {
  const [cell] = cells ?? [];
  if (!cells || !cell) return null;
  const value = cells.length === 1 ? cell.value : cells.map(({ value }) => String(value)).join(' ');
  return typeof value === 'string' ? value.slice(0, 500) : value;
};

/** an error of a path, said of the column that it came from */
export const rowError = ({ line, from }: Pick<ToldRow, 'line' | 'from'>, path: string, message: string): RowError => {
  const of = [...from.keys()].find(
    known => known === path || known.startsWith(`${path}.`) || path.startsWith(`${known}.`),
  );
  const cells = path && of !== undefined ? from.get(of) : undefined;
  return { line, column: cells?.[0]?.column ?? null, value: shown(cells), message };
};

/** an address of which nothing is left */
const isEmpty = (value: unknown) => isObject(value) && !Object.keys(value).length;

/** Each value as the customer keeps it: in its normal form, or left out with an error. */
const tidied = (row: ToldRow): ToldRow => {
  let { profile } = row;
  const errors = [...row.errors];
  for (;;) {
    const parsed = Profile.safeParse(profile);
    if (parsed.success) {
      const kept = Object.entries(parsed.data).filter(([name, value]) => name in profile && !isEmpty(value));
      return { ...row, profile: Object.fromEntries(kept), errors };
    }
    const bad = fieldErrors(parsed.error.issues).map(({ path, message }) => ({
      path,
      message,
      parts: path.split('.'),
    }));
    errors.push(...bad.map(({ path, message }) => rowError(row, path, message)));
    profile = bad.reduce((rest, { parts }) => withoutField(rest, parts), profile);
  }
};

export type How = { mapping: Record<string, string> } & Pick<ImportFields, 'country' | 'dates'>;

/** what a row of a file says */
export const toldRow = (row: FileRow, how: How): ToldRow => {
  const { line } = row;
  if ('fault' in row) {
    const error = { line, column: null, value: row.value, message: row.fault };
    return { line, profile: {}, from: new Map(), errors: [error], failed: true };
  }
  const { profile, from, errors } = mapped(row.cells, how);
  return tidied({ line, profile, from, errors: errors.map(error => ({ line, ...error })), failed: false });
};

/** keys of objects in one order, so that the same row has the same digest */
const ordered = (value: unknown): unknown =>
  isObject(value)
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, part]) => [name, ordered(part)])
    : value;

/** what a row is known by that names neither an external id nor an e-mail address: everything it says, and where it is from */
export const digestOf = (source: string, { profile }: Pick<ToldRow, 'profile'>) =>
  createHash('sha256')
    .update(JSON.stringify([source, ordered(profile)]))
    .digest('base64url');
