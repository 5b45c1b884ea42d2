import { beforeAll, expect, test } from 'vitest';
import { ctxOf } from '../../functions/shared/http/context.ts';
import { ingestPost } from '../../functions/tracking/ingest-http.ts';
import { world } from '../world.ts';
import { ownTable } from './own-table.ts';
import { track, tracker } from './tracker.ts';

let calls: string[] = [];

// the handler itself, on the stack's own table, with the client's calls counted
beforeAll(async () => {
  calls = await ownTable((await world()).awsUrl);
});

const opened = async () => {
  const shop = await tracker(await world());
  await shop.customer();
  const now = await shop.now(); // other tests move the clock: a message by the real time would be from a clock that is far off
  const ctx = ctxOf({ tenant: '', actor: 'test', now });
  const headers = { authorization: shop.basic(shop.key) };
  return async (messages: object[]) => {
    calls.length = 0;
    const batch = messages.map(message => ({ ...message, timestamp: now }));
    const raw = Buffer.from(JSON.stringify({ batch, sentAt: now }));
    await ingestPost('/v1/batch', 'batch')(
      { params: {}, query: {}, body: undefined, headers, ip: '127.0.0.1', raw },
      ctx,
    );
    return [...calls];
  };
};

const many = (count: number, more = {}) => Array.from({ length: count }, () => track('Viewed', more));

test('25 events of a known user are one write; the first time its key, the rules, the last changes of identities, its user and the names seen before are looked up, once each', async () => {
  const send = await opened();
  expect(await send(many(25))).toEqual([
    ...['get', 'get', 'get', 'get', 'batchGet'],
    ...['batchGet', 'batchWrite', 'query', 'transactWrite'],
  ]);
  expect(await send(many(25))).toEqual(['batchWrite']);
  expect(await send(many(26))).toEqual(['batchWrite', 'batchWrite']);
});

test('an unknown identity is looked up once a request, whatever the number of events', async () => {
  const send = await opened();
  await send(many(1));
  expect(await send(many(25, { anonymousId: 'd' }))).toEqual(['batchGet', 'batchWrite']);
});
