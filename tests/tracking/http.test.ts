import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { type Event, messageId, track, tracker } from './tracker.ts';

const names = (events: Event[]) => events.map(({ data }) => data.event);
const success = { status: 200, body: { success: true } };
const malformed = (message: string) => ({ status: 400, body: { success: false, message, code: 'invalid_request' } });

test('every documented path and every short one of the browser SDK is served', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const call = () => ({ messageId: messageId(), timestamp: new Date().toISOString(), userId: 'u-1' });
  for (const prefix of ['/v1/track', '/v1/t'])
    expect(await shop.post(prefix, { ...call(), event: 'A' })).toMatchObject(success);
  for (const path of ['/v1/page', '/v1/p'])
    expect(await shop.post(path, { ...call(), name: 'Home' })).toMatchObject(success);
  for (const path of ['/v1/screen', '/v1/s'])
    expect(await shop.post(path, { ...call(), name: 'Home' })).toMatchObject(success);
  for (const path of ['/v1/identify', '/v1/i'])
    expect(await shop.post(path, { ...call(), traits: { plan: 'x' } })).toMatchObject(success);
  for (const path of ['/v1/group', '/v1/g'])
    expect(await shop.post(path, { ...call(), groupId: 'g' })).toMatchObject(success);
  for (const path of ['/v1/alias', '/v1/a'])
    expect(await shop.post(path, { ...call(), previousId: 'p' })).toMatchObject(success);
  for (const path of ['/v1/batch', '/v1/b'])
    expect(await shop.post(path, { batch: [track('B')] })).toMatchObject(success);
  expect(await shop.rejections()).toEqual([]);
  await shop.idle();
  expect(names(await shop.events(id)).sort()).toEqual(['A', 'A', 'B', 'B']);
  for (const type of ['page', 'screen', 'identify', 'group', 'alias']) {
    expect(await shop.events(id, `tracked.${type}`), type).toHaveLength(2);
  }
});

test('a browser’s text/plain body with its key inside is taken, and its address and agent are filled in', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const body = { ...track('Viewed'), writeKey: shop.key, sentAt: new Date().toISOString() };
  const headers = { 'content-type': 'text/plain', origin: 'https://shop.example', 'user-agent': 'Browser/1' };
  const reply = await shop.post('/v1/t', JSON.stringify(body), { key: null, headers });
  expect(reply).toMatchObject(success);
  expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  const [event] = await shop.events(id);
  expect(event?.data).toMatchObject({ event: 'Viewed', context: { userAgent: 'Browser/1', ip: '127.0.0.1' } });
});

test('a browser may ask beforehand, with the headers that trackers send', async () => {
  const crm = await world();
  const requested = 'authorization,content-type,anonymousid,sentat,x-retry-count,rsa-retry-attempt';
  const reply = await fetch(`${crm.url}/v1/t`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': requested,
    },
  });
  expect(reply.ok).toBe(true);
  expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  expect(reply.headers.get('access-control-max-age')).toBe('900');
  const allowed = reply.headers.get('access-control-allow-headers')?.split(/, ?/);
  expect(allowed).toEqual(expect.arrayContaining(requested.split(',')));
});

test('a server’s call stores no address of that server', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  await shop.post('/v1/track', track('Quiet', { context: { secret: 'not stored', locale: 'en-SG' } }));
  await shop.post('/v1/track', track('Direct', { context: { direct: true, userAgent: 'Phone/2' } }));
  const [quiet, direct] = await shop.events(id);
  expect(quiet?.data.context).toEqual({ locale: 'en-SG' });
  expect(direct?.data.context).toMatchObject({ userAgent: 'Phone/2' });
});

test.each([
  ['gzip', 'gzip', gzipSync],
  ['deflate', 'deflate', deflateSync],
  ['deflate without its header', 'deflate', deflateRawSync],
])('a form-typed body packed with %s is unpacked and stored', async (_, encoding, pack) => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const { timestamp, ...call } = track('Packed');
  const now = new Date().toISOString();
  const body = { batch: [{ ...call, channel: 'server', originalTimestamp: timestamp, sentAt: now }], sentAt: now };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': encoding };
  expect(await shop.post('/v1/batch', new Uint8Array(pack(JSON.stringify(body))), { headers })).toMatchObject(success);
  expect(names(await shop.events(id))).toEqual(['Packed']);
});

test('a packed body that unpacks to more than a batch may have is refused', async () => {
  const shop = await tracker(await world());
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
  const headers = { 'content-encoding': 'gzip' };
  expect(await shop.post('/v1/batch', new Uint8Array(bomb), { headers })).toMatchObject(
    malformed('the request is larger than 512000 bytes'),
  );
  expect(await shop.post('/v1/batch', new Uint8Array(bomb.subarray(0, 200)), { headers })).toMatchObject(
    malformed('malformed compression'),
  );
});

test('the beacon of a page being left carries its key in the address', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const headers = { 'content-type': 'text/plain' };
  const body = { batch: [track('Left')] };
  const path = `/beacon/v1/batch?writeKey=${encodeURIComponent(shop.key)}`;
  expect(await shop.post(path, body, { key: null, headers })).toMatchObject(success);
  expect(names(await shop.events(id))).toEqual(['Left']);
});

test('an image tracks by being loaded', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const data = Buffer.from(JSON.stringify({ ...track('Mail opened'), writeKey: shop.key })).toString('base64');
  const query = new URLSearchParams({ writeKey: shop.key, userId: 'u-1', event: 'Plain', campaign: 'may' });
  for (const search of [new URLSearchParams({ data }), query]) {
    const reply = await fetch(`${shop.url}/pixel/v1/track?${search}`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('image/gif');
    expect(
      Buffer.from(await reply.arrayBuffer())
        .subarray(0, 6)
        .toString(),
    ).toBe('GIF89a');
  }
  expect((await fetch(`${shop.url}/pixel/v1/track?writeKey=${shop.tenant}.wrong&event=X`)).status).toBe(401);
  const events = await shop.events(id);
  expect(names(events).sort()).toEqual(['Mail opened', 'Plain']);
  expect(events.find(({ data }) => data.event === 'Plain')?.data.properties).toEqual({ campaign: 'may' });
});

test('the browser SDK’s question for settings is answered with where to send', async () => {
  const shop = await tracker(await world());
  const { status, body } = await shop.ask('GET /v1/projects/{key}/settings', {
    params: { key: shop.key },
    token: null,
  });
  expect(status).toBe(200);
  expect(body.integrations['Segment.io']).toMatchObject({ apiKey: shop.key, apiHost: expect.stringMatching(/\/v1$/) });
  const wrong = await shop.ask('GET /v1/projects/nobody.x/settings', { token: null });
  expect(wrong.status).toBe(401);
});

test('calls and batches past Segment’s limits are refused, batches of too many calls taken and rejected', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const big = (kilobytes: number) => track('Big', { properties: { pad: 'x'.repeat(kilobytes * 1024) } });
  expect(await shop.post('/v1/track', big(33))).toMatchObject(malformed('the request is larger than 32768 bytes'));
  expect(await shop.post('/v1/track', big(31))).toMatchObject(success);
  const batch = (kilobytes: number) => ({
    batch: Array.from({ length: kilobytes / 25 }, () => big(25)),
    pad: 'x'.repeat(1024),
  });
  expect(await shop.post('/v1/batch', batch(525))).toMatchObject(malformed('the request is larger than 512000 bytes'));
  expect(await shop.post('/v1/batch', batch(450))).toMatchObject(success);
  const many = { batch: Array.from({ length: 2501 }, () => ({ type: 'track', userId: 'u-1', event: 'M' })) };
  expect(await shop.post('/v1/batch', many)).toMatchObject(success);
  expect(names(await shop.events(id))).toEqual(Array(19).fill('Big'));
  const reasons = (await shop.rejections()).flatMap(({ reasons }) => reasons.map(({ reason }) => reason));
  expect(reasons).toContain('the batch has 2501 calls and is rejected as a whole: the limit is 2500');
});

test('a call too large within a batch is rejected alone', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const big = track('Big', { properties: { pad: 'x'.repeat(33 * 1024) } });
  expect(await shop.post('/v1/batch', { batch: [big, track('Small')] })).toMatchObject(success);
  expect(names(await shop.events(id))).toEqual(['Small']);
  expect(await shop.rejections()).toMatchObject([
    {
      endpoint: '/v1/batch',
      rejected: 1,
      reasons: [{ index: 0, type: 'track', messageId: big.messageId, reason: 'is larger than 32768 bytes' }],
    },
  ]);
});

test('a placeholder in place of an id is read as no id', async () => {
  const shop = await tracker(await world());
  const placeholders = [
    'undefined',
    'NULL',
    'NaN',
    '[object Object]',
    '{{ user.id }}',
    ' 0 ',
    0,
    '-1',
    'anonymous',
    'Guest',
    '(null)',
    '<nil>',
    '{}',
    'distinct_id',
    '00000000-0000-0000-0000-000000000000',
  ];
  for (const userId of placeholders) await shop.post('/v1/identify', { userId, traits: { plan: 'x' } });
  await shop.post('/v1/group', { userId: 'u-2', groupId: 'undefined' });
  await shop.post('/v1/alias', { userId: 'u-2', previousId: 'null' });
  await shop.post('/v1/identify', { userId: 'undefined', anonymousId: 'a-1', traits: { plan: 'y' } });
  await shop.idle();
  const reasons = (await shop.rejections()).flatMap(({ reasons }) => reasons.map(({ reason }) => reason));
  expect(reasons.sort()).toEqual([
    'a group call needs groupId',
    'an alias call needs previousId',
    ...placeholders.map(() => 'has neither userId nor anonymousId'),
  ]);
  for (const userId of placeholders) expect(await shop.byExternalId(String(userId).trim())).toBeUndefined();
});

test('what is not JSON is refused and seen in the list of rejections', async () => {
  const shop = await tracker(await world());
  expect(await shop.post('/v1/track', '{"event":')).toMatchObject(malformed('malformed JSON'));
  expect(await shop.post('/v1/track', '[]')).toMatchObject(malformed('the request is not a JSON object'));
  expect(await shop.post('/v1/batch', '{}')).toMatchObject(malformed('batch is not a list'));
  expect(await shop.post('/v1/track', '')).toMatchObject(malformed('malformed JSON'));
  const reasons = (await shop.rejections()).flatMap(({ reasons }) => reasons.map(({ reason }) => reason));
  expect(reasons.sort()).toEqual([
    'batch is not a list',
    'malformed JSON',
    'malformed JSON',
    'the request is not a JSON object',
  ]);
});

test('an invalid call is answered with success, stored nowhere, and listed with its reason', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const ok = { messageId: messageId(), userId: 'u-1' };
  const batch = [
    { ...ok, type: 'track' },
    { ...ok, type: 'track', event: { a: 1 } },
    { ...ok, type: 'track', event: 'E', properties: [] },
    { type: 'track', event: 'E' },
    { ...ok, type: 'group' },
    { ...ok, type: 'alias' },
    { ...ok, type: 'dance' },
    { ...ok },
    'text',
    null,
    { ...ok, type: 'identify', traits: 'x' },
    { ...ok, type: 'track', event: 'E', userId: 'x'.repeat(257) },
    { ...ok, type: 'track', event: 'E', properties: { deep: JSON.parse(`${'['.repeat(30)}${']'.repeat(30)}`) } },
  ];
  expect(await shop.post('/v1/batch', { batch })).toMatchObject(success);
  expect(await shop.events(id)).toEqual([]);
  const [{ rejected, reasons } = { rejected: 0, reasons: [] }] = await shop.rejections();
  expect(rejected).toBe(batch.length);
  expect(reasons.map(({ reason }) => reason)).toEqual([
    'a track call needs event, a text',
    'a track call needs event, a text',
    'properties is not an object',
    'has neither userId nor anonymousId',
    'a group call needs groupId',
    'an alias call needs previousId',
    expect.stringContaining('type is not one of'),
    expect.stringContaining('type is not one of'),
    'is not an object',
    'is not an object',
    'traits is not an object',
    'userId is longer than 256 characters',
    'is nested too deep',
  ]);
});

test('values that the table cannot store become text, and are not rejected forever', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const call = `{"type":"track","messageId":"${messageId()}","userId":"u-1","timestamp":"${new Date().toISOString()}","event":"Odd",
    "properties":{"huge":1e300,"endless":1e999,"tiny":1e-200,"long":12345678901234567890,"":1,"half":"\\ud800","constructor":{"name":"Set"},"__proto__":{"a":1},"nil":null,"none":[],"empty":""}}`;
  expect(await shop.post('/v1/track', call)).toMatchObject(success);
  const [event] = await shop.events(id);
  expect(event?.data.properties).toMatchObject({
    huge: '1e+300',
    endless: 'Infinity',
    tiny: '1e-200',
    long: '12345678901234567000',
    _: 1,
    half: '\ufffd',
    _constructor: { name: 'Set' },
    nil: null,
    none: [],
    empty: '',
  });
});

test('the same message twice is one event, within a batch and across requests', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const sentAt = await shop.now(); // by the stack's clock, which other tests move
  const call = track('Once', { timestamp: sentAt });
  await shop.post('/v1/batch', { batch: [call, call], sentAt });
  await shop.post('/v1/batch', { batch: [call], sentAt });
  await shop.post('/v1/track', call);
  expect(await shop.events(id)).toHaveLength(1);
});

test('a message without a time is one event too; without an id each is its own', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const { timestamp, ...timeless } = track('Timeless');
  await shop.post('/v1/batch', { batch: [timeless, timeless] });
  await shop.post('/v1/track', timeless);
  const { messageId: _, ...nameless } = track('Nameless');
  await shop.post('/v1/track', nameless);
  await shop.post('/v1/track', { ...nameless, timestamp: 'yesterday' });
  expect(names(await shop.events(id)).sort()).toEqual(['Nameless', 'Nameless', 'Timeless']);
});

test('the time of a client with a wrong clock is corrected by its time of sending, and the message counts once', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const received = Date.parse(await shop.now());
  const back = (ms: number) => new Date(received - ms).toISOString();
  // by the client's clock, two hours slow: happened five seconds before it sent
  const call = track('Skewed', { timestamp: back(7_205_000) });
  for (const _ of [1, 2]) await shop.post('/v1/batch', { batch: [call], sentAt: back(7_200_000) });
  // long ago, sent by a clock that is right: stays long ago
  await shop.post('/v1/batch', { batch: [track('Old', { timestamp: back(86_400_000) })], sentAt: back(0) });
  // from the future: nothing happens before we hear of it
  await shop.post('/v1/track', track('Future', { timestamp: back(-86_400_000) }));
  const happened = Object.fromEntries(
    (await shop.events(id)).map(({ data, occurredAt }) => [data.event, Date.parse(occurredAt)]),
  );
  expect(Object.keys(happened)).toEqual(['Old', 'Skewed', 'Future']);
  expect(happened.Skewed! - (received - 5000)).toBeGreaterThanOrEqual(0);
  expect(happened.Skewed! - (received - 5000)).toBeLessThan(3000);
  expect(Math.abs(happened.Old! - (received - 86_400_000))).toBeLessThan(3000);
  expect(happened.Future! - received).toBeLessThan(10_000);
});

test('the context of a batch holds for each of its calls, which may override it', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const batch = [track('A'), track('B', { context: { locale: 'de-DE' } })];
  await shop.post('/v1/batch', { batch, context: { locale: 'en-SG', app: { name: 'Shop' } } });
  const events = await shop.events(id);
  const contexts = Object.fromEntries(events.map(({ data }) => [data.event, data.context]));
  expect(contexts).toEqual({
    A: { locale: 'en-SG', app: { name: 'Shop' } },
    B: { locale: 'de-DE', app: { name: 'Shop' } },
  });
});

test('a page without a name is named by its path, with its category among its properties', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const page = { messageId: messageId(), timestamp: new Date().toISOString(), userId: 'u-1', category: 'Cars' };
  await shop.post('/v1/page', { ...page, context: { page: { path: '/cars', title: 'Cars' } } });
  expect(await shop.events(id, 'tracked.page')).toMatchObject([
    { data: { event: '/cars', properties: { category: 'Cars' } } },
  ]);
});
