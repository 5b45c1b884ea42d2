import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { kindOf } from './tests/kinds.ts';

const files = globSync('tests/**/*.test.ts').map(file => file.replaceAll('\\', '/'));
const of = (kind: ReturnType<typeof kindOf>) =>
  files.filter(file => kindOf(file, path => readFileSync(path, 'utf8')) === kind);

const times = { testTimeout: 30_000, hookTimeout: 60_000 };
const onStack = { globalSetup: 'tests/stack.ts', ...times };
const killing = { name: 'killing', include: of('killing'), maxWorkers: 1, sequence: { groupOrder: 3 }, ...times };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', include: of('pure'), maxWorkers: 2, ...times } },
      { test: { name: 'shared', include: of('shared'), maxWorkers: 3, sequence: { groupOrder: 1 }, ...onStack } },
      { test: { name: 'exclusive', include: of('exclusive'), maxWorkers: 2, sequence: { groupOrder: 2 }, ...onStack } },
      ...(process.env.RAPPORT_TESTS === 'all' ? [{ test: killing }] : []),
    ],
  },
});
