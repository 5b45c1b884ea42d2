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

test('a write key that sends too much is told when to come back, its company’s other keys are served', async () => {
  const crm = await tenant();
  const newKey = async (name: string) => (await crm.ask('POST /v1/write-keys', { body: { name } })).body.key as string;
  const [loud, other] = [await newKey('loud'), await newKey('other')];
  const track = (key: string, nth: number) =>
    crm.ask('POST /v1/track', { token: null, body: { writeKey: key, userId: `u-${nth}`, event: 'Viewed' } });
  const replies = await Promise.all(Array.from({ length: 60 }, (_, nth) => track(loud, nth)));
  const refused = replies.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(20);
  expect(refused[0]!.body).toMatchObject({ success: false, code: 'quota.exceeded' });
  expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await track(other, 1)).status).toBe(200);
});
