import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRapport } from '../../../bin/stack.ts';
import * as contexts from '../../../functions/contexts.ts';
import type { Route } from '../../../functions/shared/http/contract.ts';
import { operationsOf } from '../../../lib/openapi/operations.ts';
import { type World, world } from '../../world.ts';

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

const post = (crm: World, body: string) =>
  crm.ask('POST /v1/customers', { body, headers: { 'content-type': 'application/json' } });

test('a body that is too large or too deep is refused', async () => {
  const crm = await tenant();
  expect((await post(crm, `{"givenName":"${'x'.repeat(1_050_000)}"}`)).status).toBe(413);
  expect((await post(crm, `{"attributes":{"a":${'['.repeat(40)}${']'.repeat(40)}}}`)).status).toBe(400);
});

const shapeOf = (schema: object) => ('shape' in schema ? (schema.shape as object) : {});

const listing = operationsOf(contexts).filter(({ route }) => {
  const shape = shapeOf(route.query ?? {});
  return route.key.startsWith('GET') && 'limit' in shape && 'cursor' in shape;
});

test('no list gives more than a hundred records a page', () => {
  expect(listing.length).toBeGreaterThan(40);
  const refused = (route: Route, limit: string) =>
    route.query?.safeParse({ limit }).error?.issues.some(({ path }) => path[0] === 'limit');
  const open = ['101', '0', '-1', '1e9', 'all'].flatMap(limit =>
    listing.filter(({ route }) => !refused(route, limit)).map(({ route }) => `${route.key}?limit=${limit}`),
  );
  expect(open).toEqual([]);
});
