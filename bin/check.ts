import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatherDeclared } from '../lib/declared.ts';

// npm test: types, style and tests; all of it runs even when something fails, so that one run shows everything
// --all: also tests that end processes or take long, and all on the stack once more with indexes and deletions that are late, as on AWS; --quick: types, and the tests that are over in a moment or are of changed files
const args = process.argv.slice(2);
const [all, quick] = [args.includes('--all'), args.includes('--quick')];
if (all || quick) process.env.RAPPORT_TESTS = all ? 'all' : 'quick';

const root = join(import.meta.dirname, '..');
const resultsOf = (name: string) => join(root, 'dist', `tests${name}.json`);
const types = join(root, 'node_modules/.cache/types.json');

type Ended = { code: number; output: string };

const tool = (path: string) => join(root, 'node_modules', ...path.split('/'));

const run = (args: string[], stdio: 'pipe' | 'inherit', environment: Record<string, string> = {}) =>
  new Promise<Ended>(resolve => {
    const env = { ...process.env, ...environment };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', stdio, stdio] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', part => (output += part));
    child.on('error', error => resolve({ code: 1, output: String(error) }));
    child.on('close', code => resolve({ code: code ?? 1, output }));
  });

const check = async (name: string, args: string[]) => {
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

/** passed and failed tests; a file that could not be run counts as a failed one */
const counted = (results: string) => {
  try {
    const { success, numPassedTests, numFailedTests, testResults } = JSON.parse(
      readFileSync(results, 'utf8'),
    ) as Results;
    const notRun = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(one => one.status === 'failed'),
    );
    const failed = numFailedTests + notRun.length;
    return { passed: numPassedTests, failed: success ? failed : Math.max(failed, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

gatherDeclared();
mkdirSync(join(root, 'dist'), { recursive: true });
const checking = Promise.all([
  check('types', [tool('typescript/bin/tsc'), '-p', '.', '--incremental', '--tsBuildInfoFile', types]),
  quick || check('style', [tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']),
]);
const given = args.filter(arg => !['--all', '--quick'].includes(arg));
/** name of the run: options and environment */
const runs: Record<string, { options?: string[]; environment?: Record<string, string> }> = {
  '': {},
  ...(all && {
    '-late': {
      options: ['--project=shared', '--project=exclusive', '--project=long'],
      environment: { RAPPORT_LATE_INDEXES: '300', RAPPORT_TTL: 'random', RAPPORT_PATIENCE: '4' },
    },
  }),
};
if (!quick) await checking; // on two cores, one after the other
const found: { passed: number; failed: number }[] = [];
for (const [name, { options = [], environment }] of Object.entries(runs)) {
  const results = resultsOf(name);
  rmSync(results, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const { code } = await run(
    [tool('vitest/vitest.mjs'), 'run', ...reporters, ...options, ...given],
    'inherit',
    environment,
  );
  const { passed, failed } = counted(results);
  found.push({ passed, failed: code ? Math.max(failed, 1) : failed });
}

const sum = (of: (one: (typeof found)[number]) => number) => found.reduce((all, one) => all + of(one), 0);
const failed = sum(one => one.failed) + (await checking).filter(passed => !passed).length;
writeFileSync(join(root, 'dist', 'check.json'), JSON.stringify({ passed: sum(one => one.passed), failed }));
process.exitCode = failed ? 1 : 0;
