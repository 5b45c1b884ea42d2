import type { DateOrder } from '../cleaning/dates.ts';
import { kept as keptValue } from './values.ts';

export type Cells = { column: string; value: unknown }[];

/** what is wrong with one value of a row; without a column it concerns the whole row */
export type RowError = { line: number; column: string | null; value: unknown; message: string };

export type Mapped = {
  profile: Record<string, unknown>;
  /** the cells that each path came from */
  from: Map<string, Cells>;
  errors: Omit<RowError, 'line'>[];
};

type How = { mapping: Record<string, string>; country?: string | undefined; dates: DateOrder };

/** the columns of each path, in the order of the file */
export const gathered = (cells: Cells, mapping: How['mapping']) => {
  const paths = new Map<string, Cells>();
  for (const cell of cells) {
    const path = Object.hasOwn(mapping, cell.column) ? mapping[cell.column] : undefined;
    if (!path || cell.value === '' || cell.value === null || cell.value === undefined) continue;
    paths.set(path, [...(paths.get(path) ?? []), cell]);
  }
  return paths;
};

export const joined = (cells: Cells) =>
  cells.length === 1 && typeof cells[0]?.value !== 'string'
    ? cells[0]?.value
    : cells
        .map(({ value }) => String(value).trim())
        .filter(Boolean)
        .join(' ');

const set = (profile: Record<string, unknown>, path: string, value: unknown) => {
  const [field = '', part] = path.split('.');
  if (!part) profile[field] = value;
  else profile[field] = { ...(profile[field] as object), [part]: value };
};

const countryFirst = ([a]: [string, Cells], [b]: [string, Cells]) =>
  Number(b === 'address.country') - Number(a === 'address.country');

/** A profile from the cells of a row; empty cells say nothing. Attributes keep the types of NDJSON; of CSV everything is text. */
export const mapped = (cells: Cells, { mapping, country, dates }: How): Mapped => {
  const result: Mapped = { profile: {}, from: new Map(), errors: [] };
  let known = country;
  for (const [path, found] of [...gathered(cells, mapping)].sort(countryFirst)) {
    const value = joined(found);
    if (value === '') continue;
    result.from.set(path, found);
    const isText = !path.startsWith('attributes.') || typeof value === 'string';
    const kept = isText ? keptValue(path, String(value), { country: known, dates }) : { value };
    if ('fault' in kept) {
      result.errors.push({ column: found[0]?.column ?? null, value, message: kept.fault });
      continue;
    }
    if (path === 'address.country') known = kept.value as string;
    set(result.profile, path, kept.value);
  }
  return result;
};
