import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tryCrashes } from './crash/trial.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '10' },
    lanes: { type: 'string', default: '4' },
    data: { type: 'string' },
  },
});

const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'rapport-crash-'));
const say = (line: string) => void process.stdout.write(`${line}\n`);

const { checked, wrong, kills, repeated, customers } = await tryCrashes({
  dataDir,
  kills: Number(values.kills),
  lanes: Number(values.lanes),
  say,
});
for (const [what, count] of Object.entries(checked)) say(`${String(count).padStart(6)} ${what}`);
const all = Object.values(checked).reduce((sum, count) => sum + count, 0);
say(
  `${kills} kills, ${customers} customers, ${repeated} calls repeated, ${all} effects checked, ${wrong.length} wrong`,
);
for (const line of wrong) say(`  ${line}`);
if (wrong.length) process.exitCode = 1;
// what went wrong is looked for in its data
else if (!values.data) rmSync(dataDir, { recursive: true, force: true });
