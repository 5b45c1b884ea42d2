import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRapport } from '../../bin/stack.ts';
import { world } from '../world.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'rapport-quotas-'));
let stack: Awaited<ReturnType<typeof startRapport>>;

beforeAll(async () => {
  stack = await startRapport({ dataDir, port: 0, environment: { RAPPORT_QUOTA: '20' }, log: () => {} });
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const tenant = () =>
  world({
    url: stack.url,
    awsUrl: stack.awsUrl,
    busName: stack.outputs.BusName ?? '',
    ownBusName: '',
    dueQueue: '',
    dataDir,
  });

test('a company that asks too much is told when to come back, and others are served meanwhile', async () => {
  const [loud, quiet] = [await tenant(), await tenant()];
  const flood = Promise.all(Array.from({ length: 100 }, () => loud.ask('GET /v1/topics')));
  const meanwhile = await quiet.ask('GET /v1/topics');
  const replies = await flood;
  const refused = replies.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(40);
  expect(replies.length - refused.length).toBeGreaterThanOrEqual(20);
  expect(refused[0]!.body).toMatchObject({ code: 'quota.exceeded', status: 429 });
  const wait = Number(refused.at(-1)!.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(10);
  expect(meanwhile.status).toBe(200);
  await loud.advance(`PT${wait}S`);
  expect((await loud.ask('GET /v1/topics')).status).toBe(200);
});
