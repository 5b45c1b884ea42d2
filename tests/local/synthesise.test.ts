import { existsSync, globSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

test('synthesises with the context of cdk.json, and again only when a source or the environment is another', async () => {
  const root = scratchFolder();
  appIn(root);
  const lines: string[] = [];
  const outdir = await synthesise(root, { log: line => lines.push(line) });
  expect(dirname(outdir)).toBe(join(root, 'cdk.out'));
  expect(existsSync(join(outdir, 'manifest.json'))).toBe(true);
  expect(JSON.parse(runs(root)[0]!)).toMatchObject({ stage: 'test' });
  touch(join(root, 'bin/app.mjs'));
  expect(await synthesise(root, { log: line => lines.push(line) })).toBe(outdir);
  expect([runs(root).length, lines]).toEqual([
    1,
    ['Synthesising the stack: about 5 seconds, once for each change of the sources …'],
  ]);
  expect(await synthesise(root, { environment: { A: '1' } })).not.toBe(outdir);
  appIn(root, '// another line');
  expect(await synthesise(root)).not.toBe(outdir);
  expect(runs(root)).toHaveLength(3);
  appIn(root);
  expect(await synthesise(root)).toBe(outdir);
  expect(runs(root)).toHaveLength(3);
});

test('of former syntheses the last three stay', async () => {
  const root = scratchFolder();
  for (const line of ['1', '2', '3', '4', '5']) {
    appIn(root, `// ${line}`);
    await synthesise(root);
  }
  expect(globSync('cdk.out/*/manifest.json', { cwd: root })).toHaveLength(3);
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

test('an app that fails is reported with its output, and runs again the next time', async () => {
  const root = scratchFolder();
  appIn(root, `throw new Error('no such construct');`);
  await expect(synthesise(root)).rejects.toThrow(/cannot be synthesised.*no such construct/s);
  expect(globSync('cdk.out/*/manifest.json', { cwd: root })).toEqual([]);
  appIn(root);
  await synthesise(root);
  expect(runs(root)).toHaveLength(1);
});
