import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { gatherDeclared } from './lib/declared.ts';
import { isOf, type Kind, kindOf } from './tests/kinds.ts';

gatherDeclared();

/** `all` adds tests that end processes or take long; `quick` takes those that are over in a moment, and those of changed files */
const scope = process.env.RAPPORT_TESTS ?? 'usual';

/** times the usual time for a test, on a machine that does other work */
const patience = Number(process.env.RAPPORT_PATIENCE ?? 1);

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).split('\n').filter(Boolean);

const changed =
  scope === 'quick'
    ? [...git('diff', '--name-only', 'HEAD'), ...git('ls-files', '--others', '--exclude-standard')]
    : [];

const files = globSync('tests/**/*.test.ts')
  .map(file => file.replaceAll('\\', '/'))
  .map(file => ({ file, ...kindOf(file, path => readFileSync(path, 'utf8')) }))
  .filter(({ file, quick }) => scope !== 'quick' || quick || changed.some(one => isOf(file, one)));

const project = (name: Kind, maxWorkers: number, more: object = {}) => ({
  test: {
    name,
    include: files.filter(({ kind }) => kind === name).map(({ file }) => file),
    maxWorkers,
    isolate: false, // a process for each file costs more than most files
    testTimeout: 30_000 * patience,
    hookTimeout: 60_000 * patience,
    ...more,
  },
});

/** files that call the store in their own process set it up for themselves */
const onStack = (groupOrder: number) => ({
  globalSetup: 'tests/stack.ts',
  isolate: true,
  sequence: { groupOrder },
  testTimeout: 120_000 * patience,
});
const onOwnStack = (groupOrder: number) => ({ ...onStack(groupOrder), setupFiles: 'tests/no-timers.ts' });

export default defineConfig({
  test: {
    projects: [
      project('pure', 2, { setupFiles: 'tests/own-environment.ts' }),
      project('shared', 4, onStack(1)),
      project('exclusive', 3, onOwnStack(2)),
      ...(scope === 'all' ? [project('long', 3, onOwnStack(3)), project('killing', 1, onStack(4))] : []),
    ].filter(({ test }) => test.include.length),
  },
});
