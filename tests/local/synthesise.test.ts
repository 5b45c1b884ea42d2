import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { synthesise } from '../../local/synthesise.ts';
import { scratchFolder } from './fixture-stack.ts';

/** an app that counts how often it was synthesised */
const appIn = (root: string, code = '') => {
  mkdirSync(join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, 'cdk.json'), JSON.stringify({ app: 'node bin/app.mjs', context: { stage: 'test' } }));
  const app = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
    ${code}
    mkdirSync(process.env.CDK_OUTDIR, { recursive: true });
    appendFileSync('runs', process.env.CDK_CONTEXT_JSON + '\\n');
    writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', '{}');`;
  writeFileSync(join(root, 'bin/app.mjs'), app);
};

const runs = (root: string) => readFileSync(join(root, 'runs'), 'utf8').trim().split('\n');

const touch = (path: string) => {
  const soon = new Date(Date.now() + 1000);
  utimesSync(path, soon, soon);
};

test('synthesises with the context of cdk.json, and again only when a source is newer', async () => {
  const root = scratchFolder();
  appIn(root);
  expect(await synthesise(root)).toBe(join(root, 'cdk.out'));
  expect(JSON.parse(runs(root)[0]!)).toMatchObject({ stage: 'test' });
  await synthesise(root);
  expect(runs(root)).toHaveLength(1);
  touch(join(root, 'bin/app.mjs'));
  await synthesise(root);
  expect(runs(root)).toHaveLength(2);
});

test('two at once synthesise one after the other, the second finding it done', async () => {
  const root = scratchFolder();
  appIn(root);
  const script = `import { synthesise } from '${join(import.meta.dirname, '../../local/synthesise.ts')}';
    await synthesise('${root}');`;
  writeFileSync(join(root, 'other.mjs'), script);
  const { spawn } = await import('node:child_process');
  const other = spawn(process.execPath, [join(root, 'other.mjs')], { stdio: 'inherit' });
  const ended = new Promise(settle => other.on('exit', settle));
  await synthesise(root);
  expect(await ended).toBe(0);
  expect(runs(root)).toHaveLength(1);
});

test('an app that fails is told with what it said, and is tried again', async () => {
  const root = scratchFolder();
  appIn(root, `throw new Error('no such construct');`);
  await expect(synthesise(root)).rejects.toThrow(/cannot be synthesised.*no such construct/s);
  expect(existsSync(join(root, 'cdk.out/manifest.json'))).toBe(false);
  appIn(root);
  await synthesise(root);
  expect(runs(root)).toHaveLength(1);
});
