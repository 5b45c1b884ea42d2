import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeIn } from '../lib/code.ts';
import { apis, composed, entries } from '../lib/functions.ts';
import type { Budget } from './budget.ts';
import { median, round } from './statistics.ts';
import type { Table } from './table.ts';

const runs = 21;

const built = join(import.meta.dirname, '../node_modules/.cache/bench');

/** of an HTTP function; some work on records or events of every kind, or read files and search as well */
const mostOf = (name: string) =>
  /^(automation|data-quality|imports|lists|matching|memory|merging|privacy)-/.test(name)
    ? { kilobytes: 408, milliseconds: 65 }
    : { kilobytes: 379, milliseconds: 58 };

type Start = { wall: number; processor: number };

const settings = ['TABLE_NAME', 'BUS_NAME', 'BUS_ARN', 'SCHEDULER_GROUP', 'SCHEDULER_ROLE_ARN', 'PUBLIC_URL'];
const env = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  ...Object.fromEntries(settings.map(name => [name, 'bench'])),
};

/** what a process spends from its start until `file` is imported, or nothing is */
const start = (file?: string): Start => {
  const report = 'const { user, system } = process.cpuUsage(); console.log(performance.now(), (user + system) / 1000)';
  const script = `${file ? `await import(${JSON.stringify(pathToFileURL(file).href)});` : ''}${report};process.exit(0)`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env });
  if (status !== 0) throw new Error(`${file} cannot be imported: ${stderr}`);
  const [wall = 0, processor = 0] = String(stdout).trim().split(' ').map(Number);
  return { wall, processor };
};

const picked = (starts: Start[], pick: (values: number[]) => number): Start => ({
  wall: pick(starts.map(({ wall }) => wall)),
  processor: pick(starts.map(({ processor }) => processor)),
});

const least = (values: number[]) => Math.min(...values);

/** what the start of a function takes more than that of nothing */
const compared = (starts: Start[], bare: Start[], pick: (values: number[]) => number) => {
  const [it, base] = [picked(starts, pick), picked(bare, pick)];
  return {
    wall: it.wall - base.wall,
    processor: it.processor - base.processor,
    ratio: it.processor / base.processor,
  };
};

const kilobytes = (bytes: number) => round(bytes / 1000, 1);

const weights = (folder: string) => {
  const files = globSync('**/*', { cwd: folder }).filter(file => statSync(join(folder, file)).isFile());
  const beside = files.filter(file => !/^index\.mjs(\.map)?$/.test(file));
  const sum = (names: string[]) => kilobytes(names.reduce((all, name) => all + statSync(join(folder, name)).size, 0));
  return { bundle: sum(['index.mjs']), beside: sum(beside) };
};

/** Weighs each function's bundle and starts it, interleaved with bare Node. */
export const measureFunctions = async (_template: string, say: (line: string) => void) => {
  const names = [...Object.keys(entries), ...Object.keys(composed)];
  const folder = await codeIn(built); // as deployed: what runs here shares code between functions
  const bare: Start[] = [];
  const starts = new Map<string, Start[]>(names.map(name => [name, []]));
  for (let run = 0; run < runs; run++) {
    say(`starts, ${run + 1} of ${runs}`);
    for (const name of names) {
      bare.push(start());
      starts.get(name)!.push(start(join(folder(name), 'index.mjs')));
    }
  }
  const base = picked(bare, median);
  const found = names.map(name => {
    const mine = starts.get(name)!;
    const quietest = compared(mine, bare, least);
    const soonest = Math.min(quietest.wall, quietest.processor);
    return { name, ...weights(folder(name)), ...compared(mine, bare, median), least: soonest };
  });
  const table: Table = {
    title: 'Functions',
    note: [
      '`bundle` is what is read at the start, `beside` what lies next to it until it is needed (1 KB is 1,000 bytes; maps of sources not',
      `counted). Import over bare Node: medians of ${runs} starts, interleaved with starts of nothing (${round(base.wall)} ms by the clock, ${round(base.processor)} ms`,
      'of processor time, as of this machine); `×` is processor time over that of bare Node. `least` is the quietest start over the',
      'quietest of nothing, by whichever is less of clock (which also counts what else the machine does) and processor time (which',
      'also counts what is done in parallel): the budget is about that.',
    ].join('\n'),
    head: ['function', 'bundle KB', 'beside KB', 'import ms, clock', 'ms, processor', '×', 'ms, least'],
    rows: found.map(one => [
      one.name,
      one.bundle,
      one.beside,
      round(one.wall),
      round(one.processor),
      round(one.ratio, 1),
      round(one.least),
    ]),
  };
  const http = new Set(apis.map(({ name }) => name));
  const budgets: Budget[] = found
    .filter(({ name }) => http.has(name))
    .flatMap(({ name, bundle, least: soonest }) => [
      { name: `bundle of ${name}`, limit: mostOf(name).kilobytes, found: bundle, unit: 'KB' },
      {
        name: `import of ${name} over bare Node`,
        limit: mostOf(name).milliseconds,
        found: round(soonest),
        unit: 'ms',
      },
    ]);
  return { table, budgets };
};
