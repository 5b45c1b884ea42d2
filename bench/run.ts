import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesised } from '../bin/stack.ts';
import { type Budget, budgetLine, passed } from './budget.ts';
import { measureDuplicates } from './measure-duplicates.ts';
import { measureFairness } from './measure-fairness.ts';
import { measureFunctions } from './measure-functions.ts';
import { measureImport } from './measure-import.ts';
import { measureMatching } from './measure-matching.ts';
import { measureSearch } from './measure-search.ts';
import { measureSegments } from './measure-segments.ts';
import { measureThroughput } from './measure-throughput.ts';
import { measureWork } from './measure-work.ts';
import { missingDatasets } from './people.ts';
import { aligned, markdown, type Table } from './table.ts';

type Measured = { table: Table; more?: Table[]; budgets: Budget[] };
type Measure = (
  template: string,
  say: (line: string) => void,
  options: { large: boolean; rows?: number },
) => Measured | Promise<Measured>;

const measures: Record<string, Measure> = {
  work: measureWork,
  functions: measureFunctions,
  matching: measureMatching,
  duplicates: measureDuplicates,
  search: measureSearch,
  segments: measureSegments,
  import: measureImport,
  throughput: measureThroughput,
  fairness: measureFairness,
};

/** measures of people from data sets that are not part of the repository */
const fromDatasets = ['duplicates', 'search'];

const root = join(import.meta.dirname, '..');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    rows: { type: 'string' },
  },
});

/** for measures that take a number of rows */
const rows = values.rows === undefined ? undefined : Number(values.rows);

const say = (line: string) => void (process.stderr.isTTY && process.stderr.write(`\x1b[2K\r${line}`));

const tablesOf = ({ table, more = [] }: Measured) => [table, ...more];

const documentOf = (measured: Measured[]) => {
  const budgets = measured.flatMap(one => one.budgets);
  const intro = [
    '# Benchmarks',
    '',
    'Written by `npm run bench -- --write`. Counts are exact and the same on every machine; times are as of the machine that wrote',
    'this (two cores, shared, the whole stack and its client on them) and worth only as ratios. Nothing here was measured on AWS.',
    '',
  ].join('\n');
  const held = budgets.map(({ name, limit, found, unit }) => `- ${name}: ${found} of ${limit} ${unit}`).join('\n');
  return `${intro}\n${measured.flatMap(tablesOf).map(markdown).join('\n')}\n## Budgets\n\nPassing one fails the benchmark.\n\n${held}\n`;
};

const main = async () => {
  const names = positionals.length ? positionals : Object.keys(measures);
  const unknown = names.filter(name => !measures[name]);
  if (unknown.length)
    throw new Error(`unknown: ${unknown.join(', ')}. Choose from ${Object.keys(measures).join(', ')}.`);
  const template = await synthesised(console.error);
  const missing = missingDatasets();
  const skipped = missing ? names.filter(name => fromDatasets.includes(name)) : [];
  for (const name of skipped) process.stdout.write(`skipped ${name}: ${missing}\n`);
  if (skipped.length && values.write) throw new Error('nothing is written unless every measure runs');
  const measured: Measured[] = [];
  for (const name of names) {
    if (skipped.includes(name)) continue;
    const one = await measures[name]!(template, say, { large: values.large, ...(rows ? { rows } : {}) });
    say('');
    for (const table of tablesOf(one)) process.stdout.write(aligned(table));
    measured.push(one);
  }
  const budgets = measured.flatMap(one => one.budgets);
  process.stdout.write(`\nBudgets\n${budgets.map(one => `  ${budgetLine(one)}`).join('\n')}\n`);
  if (values.write) writeFileSync(join(root, 'docs/benchmarks.md'), documentOf(measured));
  if (budgets.some(passed)) process.exitCode = 1;
};

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${(error as Error).stack}\n`);
  process.exit(1);
}
