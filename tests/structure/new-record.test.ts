import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newRecord } from '../../bin/new.ts';

test('the files of a new record type compile', { timeout: 120_000 }, () => {
  const files = newRecord({ nouns: 'sample-visits', context: 'activities' });
  expect(Object.keys(files)).toEqual([
    'events/sample-visit.ts',
    'functions/activities/sample-visit.ts',
    'functions/activities/sample-visit-routes.ts',
    'functions/activities/sample-visits.ts',
    'tests/activities/sample-visits.test.ts',
    'events/ids.ts',
    'functions/activities/contract.ts',
    'functions/activities/api.ts',
  ]);
  const copy = mkdtempSync(join(tmpdir(), 'rapport-new-'));
  try {
    for (const part of ['package.json', 'tsconfig.json', 'dist/declared', 'events', 'functions'])
      cpSync(part, join(copy, part), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), text);
    }
    const config = { extends: './tsconfig.json', include: [], files: ['functions/activities/api.ts'] };
    writeFileSync(join(copy, 'tsconfig.new.json'), JSON.stringify(config));
    const tsc = join(process.cwd(), 'node_modules/.bin/tsc');
    expect(() => execFileSync(tsc, ['-p', 'tsconfig.new.json'], { cwd: copy, encoding: 'utf8' })).not.toThrow();
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test('a new record type needs a plural and a context that exists', () => {
  expect(() => newRecord({ nouns: 'visit', context: 'activities' })).toThrow('plural');
  expect(() => newRecord({ nouns: 'visits', context: 'nowhere' })).toThrow('there is no context nowhere');
});
