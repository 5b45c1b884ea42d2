import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, startFixture } from './fixture-stack.ts';

let stack: Running;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(() => stack.close());

const done = async (id: string) => {
  const reply = await stack.get(`/items/${id}?part=done`);
  return reply.status === 200 ? ((await reply.json()) as { times: { N: string }; at: { S: string } }) : undefined;
};

const now = async () => ((await (await stack.get('/now')).json()) as { ms: number }).ms;

const deadLetters = async () => {
  const headers = { 'x-amz-target': 'AmazonSQS.ReceiveMessage', 'content-type': 'application/x-amz-json-1.0' };
  const body = JSON.stringify({ QueueUrl: stack.outputs.DeadUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
  const reply = await fetch(stack.awsUrl, { method: 'POST', headers, body });
  return ((await reply.json()) as { Messages?: { Body: string }[] }).Messages ?? [];
};

describe('from the table’s stream over the bus and a queue to a function', () => {
  test('each wanted item goes once', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, i) => stack.post('/items', { id: `many-${i}`, say: 'hello' })));
    await stack.post('/items', { id: 'silent' });
    await stack.idle();
    const counts = await Promise.all(Array.from({ length: 60 }, async (_, i) => (await done(`many-${i}`))?.times.N));
    expect(counts).toEqual(Array(60).fill('1'));
    expect(await done('silent')).toBeUndefined();
  });

  test('a record that a function reports as failed is tried again', async () => {
    await stack.post('/items', { id: 'second-try', say: 'fail:2' });
    await stack.idle();
    expect((await done('second-try'))?.times.N).toBe('1');
  });

  test('a record that always fails is given up to the on-failure queue, and others are not held up', async () => {
    await Promise.all(
      ['good-1', 'poison', 'good-2'].map(id => stack.post('/items', { id, say: id === 'poison' ? 'poison' : 'hello' })),
    );
    await stack.idle();
    expect(await done('poison')).toBeUndefined();
    // who shares a batch with it may be delivered more than once, never less
    for (const id of ['good-1', 'good-2']) expect(Number((await done(id))?.times.N)).toBeGreaterThanOrEqual(1);
    const [letter] = await deadLetters();
    expect(JSON.parse(letter!.Body)).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
  });
});

describe('the clock', () => {
  test('moves for functions too, and says where it is', async () => {
    const before = await now();
    await stack.advance('P1DT1H');
    expect((await now()) - before).toBeGreaterThanOrEqual(25 * 3_600_000);
    const { offset } = (await (await stack.get('/_local/clock')).json()) as { offset: number };
    expect(offset).toBeGreaterThan(24 * 3_600_000);
  });

  test('a delayed message arrives when its time has come, not before', async () => {
    const sent = await now();
    await stack.post('/send', { id: 'later', delay: 600 });
    await stack.idle();
    expect(await done('later')).toBeUndefined();
    await stack.advance('PT9M');
    expect(await done('later')).toBeUndefined();
    await stack.advance('PT1H');
    const at = Date.parse((await done('later'))!.at.S) - sent;
    expect(at).toBeGreaterThanOrEqual(600_000);
    expect(at).toBeLessThan(630_000); // in its own time, not at the end of the move
  });

  test('a message that failed comes back when it is visible again, and is put aside after three times', async () => {
    await stack.post('/send', { id: 'again', fail: 1 });
    await stack.post('/send', { id: 'never', fail: 99 });
    await stack.idle();
    expect(await done('again')).toBeUndefined();
    await stack.advance('PT61S');
    expect((await done('again'))?.times.N).toBe('1');
    await stack.advance('PT5M');
    expect((await deadLetters()).map(({ Body }) => JSON.parse(Body).id)).toContain('never');
  });

  test('items whose time to live has passed are gone', async () => {
    const ttl = Math.floor((await now()) / 1000) + 3600;
    await stack.post('/items', { id: 'short', ttl });
    await stack.post('/items', { id: 'long', ttl: ttl + 86_400 });
    await stack.advance('PT2H');
    expect((await stack.get('/items/short')).status).toBe(404);
    expect((await stack.get('/items/long')).status).toBe(200);
  });

  test('refuses to go back and what it does not understand', async () => {
    for (const asked of [{ advance: '2 days' }, { to: '2020-01-01T00:00:00Z' }, { to: 'soon' }, {}, { advance: 'P' }]) {
      const reply = await stack.post('/_local/clock', asked);
      expect([asked, reply.status]).toEqual([asked, 400]);
    }
  });
});

test('idle tells what is still under way when it is not in time', async () => {
  const hanging = stack.get('/hang');
  const reply = await stack.post('/_local/idle', { timeoutMs: 50 });
  expect([reply.status, await reply.json()]).toEqual([504, { idle: false, pending: { functions: 1 } }]);
  await hanging;
});

test('idle for a tenant waits for its own work, and for work of no known tenant', async () => {
  const idle = async (tenant: string) => (await stack.post('/_local/idle', { timeoutMs: 50, tenant })).status;
  const hanging = stack.get('/hang?tenant=one');
  expect([await idle('one'), await idle('two')]).toEqual([504, 200]);
  await hanging;
  const unknown = stack.get('/hang');
  expect(await idle('two')).toBe(504);
  await unknown;
  expect(await idle('one')).toBe(200);
});

test('only what matters and is not supported is named', () => {
  expect(stack.warnings[0]).toBe('AWS::Kinesis::Stream is not supported on this machine: Strange');
  expect(stack.warnings.filter(line => line.includes('not supported'))).toHaveLength(1);
});
