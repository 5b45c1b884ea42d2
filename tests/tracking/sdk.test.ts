import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Analytics } from '@segment/analytics-node';
import { afterEach, expect, test } from 'vitest';
import { world } from '../world.ts';
import { tracker } from './tracker.ts';

type Passed = { url: string; headers: IncomingMessage['headers']; body: string };
type Answer = (nth: number, response: ServerResponse, forward: () => Promise<void>) => Promise<void> | void;

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(close => close()));
});

/** stands between an SDK and the stack: records each request, and replies itself or forwards it */
const between = async (to: string, answer: Answer) => {
  const passed: Passed[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    passed.push({ url: request.url ?? '', headers: request.headers, body });
    const forward = async () => {
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const reply = await fetch(`${to}${request.url}`, {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body,
      });
      const text = await reply.text();
      if (!response.writableEnded) response.writeHead(reply.status).end(text);
    };
    await answer(passed.length, response, forward);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  open.push(
    () =>
      new Promise(done => {
        server.closeAllConnections();
        server.close(done);
      }),
  );
  return { passed, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const forwarding: Answer = (_, __, forward) => forward();

test('six calls of the Node SDK arrive in one request and are six events with Segment’s fields', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const { passed, url } = await between(shop.url, forwarding);
  const analytics = new Analytics({ writeKey: shop.key, host: url, flushInterval: 20 });
  analytics.identify({ userId: 'u-1', traits: { plan: 'gold' } });
  analytics.track({
    userId: 'u-1',
    event: 'Product Viewed',
    properties: { sku: 'AX-7' },
    context: { locale: 'en-SG' },
  });
  analytics.page({ userId: 'u-1', name: 'Test drive', category: 'Cars', properties: { path: '/test-drive' } });
  analytics.screen({ userId: 'u-1', name: 'My car' });
  analytics.group({ userId: 'u-1', groupId: 'fleet-7', traits: { employees: 40 } });
  analytics.alias({ userId: 'u-1', previousId: 'old-device' });
  await analytics.closeAndFlush();
  await shop.idle();

  expect(passed).toHaveLength(1);
  expect(passed[0]?.url).toBe('/v1/batch');
  const sent = JSON.parse(passed[0]?.body ?? '').batch as { timestamp: string }[];
  expect(sent).toHaveLength(6);
  const library = { name: '@segment/analytics-node', version: expect.any(String) };
  const context = expect.objectContaining({ library });
  expect(await shop.events(id, 'tracked.track')).toMatchObject([
    {
      id: expect.stringMatching(/^evt_[0-9a-hjkmnp-tv-z]{26}$/),
      actor: expect.stringMatching(/^source:server:wk_/),
      about: id,
      data: { event: 'Product Viewed', properties: { sku: 'AX-7' }, context: { library, locale: 'en-SG' } },
    },
  ]);
  expect(await shop.events(id, 'tracked.identify')).toMatchObject([
    { data: { userId: 'u-1', anonymousId: null, traits: { plan: 'gold' }, context } },
  ]);
  expect(await shop.events(id, 'tracked.page')).toMatchObject([
    { data: { event: 'Test drive', properties: { path: '/test-drive', category: 'Cars' }, context } },
  ]);
  expect(await shop.events(id, 'tracked.screen')).toMatchObject([{ data: { event: 'My car', properties: {} } }]);
  expect(await shop.events(id, 'tracked.group')).toMatchObject([
    { data: { userId: 'u-1', anonymousId: null, groupId: 'fleet-7', traits: { employees: 40 } } },
  ]);
  expect(await shop.events(id, 'tracked.alias')).toMatchObject([{ data: { userId: 'u-1', previousId: 'old-device' } }]);
  expect(await shop.rejections()).toEqual([]);
});

/** sends one event through the SDK and gives what was passed on and stored */
const sendThrough = async (answer: Answer) => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const { passed, url } = await between(shop.url, answer);
  const analytics = new Analytics({ writeKey: shop.key, host: url, flushInterval: 20 });
  analytics.track({ userId: 'u-1', event: 'Ordered' });
  await analytics.closeAndFlush();
  await shop.idle();
  return { passed, stored: await shop.events(id) };
};

test('an SDK that must wait sends again, and its event is stored once', async () => {
  const { passed, stored } = await sendThrough(async (nth, response, forward) => {
    if (nth > 1) return forward();
    response.writeHead(429, { 'retry-after': '1' }).end();
  });
  expect(passed).toHaveLength(2);
  expect(passed[1]?.headers['x-retry-count']).toBe('1');
  expect(stored).toHaveLength(1);
});

test('an SDK that got no reply sends again, and its event is stored once', async () => {
  const { passed, stored } = await sendThrough(async (nth, response, forward) => {
    if (nth === 1) response.writeHead(500).end();
    await forward();
  });
  expect(passed).toHaveLength(2);
  expect(stored).toHaveLength(1);
});
