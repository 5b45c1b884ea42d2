import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { gatherDeclared } from './lib/declared.ts';

gatherDeclared();

/** tests that enter through the front door of the one local stack say so by what they import */
const onStack = (file: string) => /from '(\.\.\/)+world\.ts'|inject\('stack'\)/.test(readFileSync(file, 'utf8'));

const files = globSync('tests/**/*.test.ts').map(file => file.replaceAll('\\', '/'));
const times = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', include: files.filter(file => !onStack(file)), ...times } },
      { test: { name: 'stack', include: files.filter(onStack), globalSetup: 'tests/stack.ts', ...times } },
    ],
  },
});
