import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { scratchFolder, startFixture } from './fixture-stack.ts';

type Addresses = { url: string; awsUrl: string; outputs: Record<string, string> };

const startChild = async (dataDir: string): Promise<Addresses & { child: ChildProcess }> => {
  const script = join(import.meta.dirname, 'run-fixture.ts');
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout!, 'data');
  return { child, ...JSON.parse(String(line)) };
};

/** processes that have this text on their command line */
const processesNaming = async (text: string) => {
  const { readdir } = await import('node:fs/promises');
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  return pids.filter(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text) && Number(pid) !== process.pid;
    } catch {
      return false;
    }
  });
};

const post = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) });

const kill = async (child: ChildProcess) => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};

/** writes without a pause until the runtime is gone, noting the ids that were acknowledged */
const writeUntilGone = async (url: string, prefix: string, path: string, acknowledged: string[]) => {
  const writer = async (lane: number) => {
    for (let i = 0; ; i++) {
      const id = `${prefix}-${lane}-${i}`;
      const reply = await post(url + path, { id, say: 'hello', delay: i % 3 === 0 ? 1 : 0 }).catch(() => undefined);
      if (!reply) return;
      if (reply.ok) acknowledged.push(id);
    }
  };
  await Promise.all([0, 1, 2].map(writer));
};

test('killed under load, again and again, the runtime loses nothing that it acknowledged', {
  timeout: 120_000,
}, async () => {
  const dataDir = scratchFolder();
  const acknowledged: string[] = [];
  for (const round of [1, 2, 3]) {
    const { child, url } = await startChild(dataDir);
    const items = writeUntilGone(url, `item${round}`, '/items', acknowledged);
    const messages = writeUntilGone(url, `message${round}`, '/send', acknowledged);
    while (acknowledged.length < round * 80) await sleep(20);
    await kill(child);
    await Promise.all([items, messages]);
  }

  const stack = await startFixture(dataDir);
  onTestFinished(() => stack.close());
  await stack.advance('PT2M'); // messages that were in hand when a runtime died, and delayed ones
  await stack.idle();
  const lost: string[] = [];
  for (const id of acknowledged) if ((await stack.get(`/items/${id}?part=done`)).status !== 200) lost.push(id);
  expect(lost).toEqual([]);
});

test('a death counts as no delivery: a message that waits comes no closer to the dead-letter queue', async () => {
  const dataDir = scratchFolder();
  for (const start of [1, 2, 3, 4]) {
    const { child, url } = await startChild(dataDir);
    if (start === 1) await post(`${url}/send`, { id: 'patient', fail: 1 });
    expect((await post(`${url}/_local/idle`, { timeoutMs: 10_000 })).status).toBe(200);
    await kill(child);
  }
  const stack = await startFixture(dataDir);
  onTestFinished(() => stack.close());
  await stack.idle();
  expect((await stack.get('/items/patient?part=done')).status).toBe(404);
  await stack.advance('PT61S');
  expect((await stack.get('/items/patient?part=done')).status).toBe(200);
});

test('a killed runtime leaves no engine behind, and its folder is free at once', async () => {
  const dataDir = scratchFolder();
  const { child } = await startChild(dataDir);
  expect(await processesNaming(`${dataDir}/dynamodb.db`)).not.toEqual([]);
  await kill(child);
  for (let tries = 0; tries < 40 && (await processesNaming(dataDir)).length; tries++) await sleep(25);
  expect(await processesNaming(dataDir)).toEqual([]);
  await (await startFixture(dataDir)).close();
});

test.each(['SIGTERM', 'SIGKILL'] as const)('when only the npm above gets %s, nothing stays behind', async signal => {
  const dataDir = scratchFolder();
  const script = `"${process.execPath}" "${join(import.meta.dirname, 'run-fixture.ts')}" "${dataDir}"; true`;
  const env = { ...process.env, npm_lifecycle_event: 'start' };
  const npm = spawn('/bin/sh', ['-c', `/bin/sh -c '${script}'; true`], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(npm.stdout!, 'data');
  npm.kill(signal);
  for (let tries = 0; tries < 100 && (await processesNaming(dataDir)).length; tries++) await sleep(50);
  expect(await processesNaming(dataDir)).toEqual([]);
});

test('an engine that dies is started again with all it had', async () => {
  const dataDir = scratchFolder();
  const stack = await startFixture(dataDir);
  onTestFinished(() => stack.close());
  await stack.post('/items', { id: 'kept' });
  await sleep(1000); // an engine that ends within a second is taken for one that cannot start
  for (const pid of await processesNaming(`${dataDir}/dynamodb.db`)) process.kill(Number(pid), 'SIGKILL');
  let status = 0;
  for (let tries = 0; tries < 20 && status !== 200; tries++) {
    await sleep(100);
    status = (await stack.get('/items/kept')).status;
  }
  expect(status).toBe(200);
  expect(stack.warnings.join()).toContain('it is started again');
});

test('the moved clock stays moved over a restart', async () => {
  const dataDir = scratchFolder();
  const first = await startFixture(dataDir);
  await first.advance('P3D');
  await first.close();
  const second = await startFixture(dataDir);
  onTestFinished(() => second.close());
  const { ms } = (await (await second.get('/now')).json()) as { ms: number };
  expect(ms - Date.now()).toBeGreaterThan(2.9 * 86_400_000);
});
