import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startStack } from '../../local/stack.ts';
import { fixture, scratchFolder, startFixture } from './fixture-stack.ts';

const start = (options: { dataDir?: string; port?: number; template?: string; memory?: boolean }) =>
  startStack({ template: fixture, dataDir: '', port: 0, log: () => {}, ...options });

test('a folder that another runtime holds is refused by name', async () => {
  const dataDir = scratchFolder();
  const first = await startFixture(dataDir);
  onTestFinished(() => first.close());
  await expect(start({ dataDir })).rejects.toThrow(/is in use by process \d+: stop it, or name another/);
});

test('the data folder of another stack is refused with what to do', async () => {
  const dataDir = scratchFolder();
  await (await startFixture(dataDir)).close();
  const other = join(scratchFolder(), 'other');
  cpSync(fixture, other, { recursive: true });
  const manifest = readFileSync(join(other, 'manifest.json'), 'utf8');
  const named = '"templateFile": "Fixture.template.json", "stackName": "Other"';
  writeFileSync(join(other, 'manifest.json'), manifest.replace('"templateFile": "Fixture.template.json"', named));
  await expect(start({ dataDir, template: other })).rejects.toThrow(/belongs to the stack .* name another with --data/);
  await (await startFixture(dataDir)).close();
});

test('a port that is taken is refused with the option that changes it', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void holder.close());
  await new Promise(settle => holder.once('listening', settle));
  const { port } = holder.address() as { port: number };
  await expect(start({ memory: true, port })).rejects.toThrow(`port ${port} cannot be used (EADDRINUSE)`);
});

test('a data folder that cannot be made or is broken is refused with what to do', async () => {
  const dir = scratchFolder();
  writeFileSync(join(dir, 'file'), '');
  await expect(start({ dataDir: join(dir, 'file', 'data') })).rejects.toThrow(/cannot be made.*--data/);
  mkdirSync(join(dir, 'broken'));
  writeFileSync(join(dir, 'broken', 'runtime.db'), 'this is no database, though long enough to look at');
  await expect(start({ dataDir: join(dir, 'broken') })).rejects.toThrow(/cannot be used.*remove it/);
});

test.each(['dynamodb.db', 'fauxqs.db'])('a broken %s is refused with what to do', async file => {
  const dataDir = scratchFolder();
  writeFileSync(join(dataDir, file), 'this is no database'.repeat(500));
  await expect(start({ dataDir })).rejects.toThrow(/remove the.* folder, or name another with --data/);
});

test('an engine that does not answer is named with its variable', async () => {
  process.env.RAPPORT_DYNAMODB_ENDPOINT = 'http://127.0.0.1:9';
  onTestFinished(() => void delete process.env.RAPPORT_DYNAMODB_ENDPOINT);
  await expect(start({ memory: true })).rejects.toThrow(/no DynamoDB answers.*RAPPORT_DYNAMODB_ENDPOINT/);
});

test('a folder without a synthesised app is refused', async () => {
  await expect(start({ memory: true, template: scratchFolder() })).rejects.toThrow('npx cdk synth');
});

test('functions get the environment that the stack is started with', async () => {
  const stack = await startFixture(undefined, { environment: { PUBLIC_URL: 'http://elsewhere' } });
  onTestFinished(() => stack.close());
  expect(await (await stack.get('/now')).json()).toMatchObject({ url: 'http://elsewhere' });
});

test('close leaves no folder, port or timer behind', async () => {
  const before = readdirSync('/tmp').filter(name => name.startsWith('local-stack-'));
  const stack = await startFixture();
  await stack.get('/now');
  await stack.close();
  const after = readdirSync('/tmp').filter(name => name.startsWith('local-stack-'));
  expect(after.filter(name => !before.includes(name))).toEqual([]);
  await expect(fetch(stack.url)).rejects.toThrow();
});
