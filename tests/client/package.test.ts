import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const consumer = mkdtempSync(join(tmpdir(), 'rapport-consumer-'));
const installed = join(consumer, 'node_modules', 'rapport');
const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
const run = (...args: string[]) => execFileSync(process.execPath, args, { encoding: 'utf8' });

// what `npm install` of the repository leaves: package.json and the files it names
beforeAll(() => {
  mkdirSync(installed, { recursive: true });
  cpSync('package.json', join(installed, 'package.json'));
  run(tsc, '-p', 'client', '--outDir', join(installed, 'dist', 'client'));
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

test('a consumer runs it under plain Node, without anything else installed', () => {
  const file = join(consumer, 'use.mjs');
  writeFileSync(
    file,
    `import { client, pages, Problem } from 'rapport/client';
     const crm = client({ url: 'http://localhost:1', token: 't' });
     console.log(typeof crm.customers.createCustomer, typeof pages, new Problem(404, { code: 'a.b' }).code);`,
  );
  expect(run(file).trim()).toBe('function function a.b');
});

test('a consumer’s compiler takes its types, without skipping library checks', () => {
  writeFileSync(
    join(consumer, 'use.mts'),
    `import { client, type Customer } from 'rapport/client';
     const crm = client({ url: 'http://localhost:1' });
     export const created: Promise<Customer> = crm.customers.createCustomer({ body: { givenName: 'Ada' } });
     // @ts-expect-error not a field
     crm.customers.createCustomer({ body: { givenname: 'Ada' } });`,
  );
  const compilerOptions = {
    noEmit: true,
    strict: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom'],
    types: [],
  };
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  expect(() => run(tsc, '-p', consumer)).not.toThrow();
});
