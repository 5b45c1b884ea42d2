import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { companyFiles } from '../../demo/generate/company.ts';
import { seed } from '../../demo/generate.ts';
import { readCsv } from '../../demo/read-csv.ts';
import { readCalls, readCars, readLists, readTruth } from '../../demo/sources.ts';

const folder = join(import.meta.dirname, '../../demo/data');

test('Auto Inc.’s files are what the generator makes of its seed, under 2 MB', () => {
  const made = companyFiles(seed);
  for (const [name, text] of Object.entries(made)) expect(readFileSync(join(folder, name), 'utf8') === text).toBe(true);
  const bytes = Object.keys(made).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThan(2_000_000);
});

test('another seed makes another company', () => {
  expect(companyFiles(1)['sales.csv']).not.toBe(companyFiles(2)['sales.csv']);
});

test('every line of the three lists is read, and its person is known to the judge', () => {
  const lists = readLists();
  const truth = readTruth();
  const lines = lists.flatMap(({ name, rows, lineOf }) => rows.map((_, nth) => `${name}:${lineOf(nth)}`));
  expect(lines.length).toBe(truth.size);
  expect(lines.filter(line => !truth.has(line))).toEqual([]);
  expect(lists.find(({ name }) => name === 'sales')?.rows.length).toBeGreaterThan(1000);
  expect(readCars().length).toBeGreaterThan(1000);
  expect(readCalls().length).toBeGreaterThan(1500);
});

test('quoted separators, quotes, line ends and empty fields of CSV are read', () => {
  expect(readCsv('a;b;c\n1;"x; ""y""\nz";\n;;last\n', ';')).toEqual([
    { a: '1', b: 'x; "y"\nz', c: '' },
    { a: '', b: '', c: 'last' },
  ]);
  expect(readCsv('a,b\n1,2')).toEqual([{ a: '1', b: '2' }]);
});
