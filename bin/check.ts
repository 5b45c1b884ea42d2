import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatherDeclared } from '../lib/declared.ts';

// npm test: types, style and tests; everything is run even when something fails, so that one run says all
const root = join(import.meta.dirname, '..');
const results = join(root, 'dist', 'tests.json');

type Ended = { code: number; output: string };

const tool = (path: string) => join(root, 'node_modules', ...path.split('/'));

const run = (args: string[], stdio: 'pipe' | 'inherit') =>
  new Promise<Ended>(resolve => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', stdio, stdio] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', part => (output += part));
    child.on('error', error => resolve({ code: 1, output: String(error) }));
    child.on('close', code => resolve({ code: code ?? 1, output }));
  });

const quietly = async (name: string, args: string[]) => {
  const since = performance.now();
  const { code, output } = await run(args, 'pipe');
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  console.log(`${code ? '✗' : '✓'} ${name} (${seconds} s)`);
  if (code) console.log(output.trimEnd());
  return code === 0;
};

type Results = {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/** passed and failed tests; a file that could not even be run counts as one that failed */
const counted = () => {
  try {
    const { success, numPassedTests, numFailedTests, testResults } = JSON.parse(
      readFileSync(results, 'utf8'),
    ) as Results;
    const unrun = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(one => one.status === 'failed'),
    );
    const failed = numFailedTests + unrun.length;
    return { passed: numPassedTests, failed: success ? failed : Math.max(failed, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

gatherDeclared();
rmSync(results, { force: true });
mkdirSync(join(root, 'dist'), { recursive: true });
const checks = await Promise.all([
  quietly('types', [tool('typescript/bin/tsc'), '-p', '.']),
  quietly('style', [tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']),
]);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const { code } = await run([tool('vitest/vitest.mjs'), 'run', ...reporters, ...process.argv.slice(2)], 'inherit');

const { passed, failed } = counted();
const broken = checks.filter(fine => !fine).length;
writeFileSync(join(root, 'dist', 'check.json'), JSON.stringify({ passed, failed: failed + broken }));
process.exitCode = code || broken ? 1 : 0;
