import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { track, tracker } from './tracker.ts';

const invalid = { status: 401, body: { success: false, code: 'invalid_request' } };

test('a write key is shown once, and listed without itself', async () => {
  const crm = await world();
  const { status, headers, body } = await crm.ask('POST /v1/write-keys', { body: { name: 'web shop' } });
  expect(status).toBe(201);
  expect(headers.get('etag')).toBe('"1"');
  expect(body).toEqual({
    id: expect.stringMatching(/^wk_/),
    name: 'web shop',
    kind: 'public',
    key: expect.stringMatching(new RegExp(`^${crm.tenant}\\.[\\w-]{32}$`)),
    version: 1,
    createdAt: expect.any(String),
  });
  const { key, ...shown } = body;
  const list = await crm.ask('GET /v1/write-keys');
  expect(list.body).toEqual({ items: [shown], nextCursor: null });
  expect(JSON.stringify(list.body)).not.toContain(key.split('.')[1]);
});

test('write keys need the scope for settings', async () => {
  const crm = await world();
  const token = await crm.tokenFor(['marketer']);
  const created = await crm.ask('POST /v1/write-keys', { body: { name: 'x' }, token });
  expect(created).toMatchObject({ status: 403, body: { code: 'scope.missing' } });
  expect((await crm.ask('GET /v1/write-keys', { token })).status).toBe(200);
  expect((await crm.ask('GET /v1/tracking/rejections', { token: await crm.tokenFor(['agent']) })).status).toBe(403);
});

test('an unknown or missing key is refused in the shape trackers know', async () => {
  const shop = await tracker(await world());
  const call = track('X');
  for (const key of ['nonsense', `${shop.tenant}.nonsense`, '', 'x'.repeat(500), `UPPER.${shop.key}`, `${shop.key}x`]) {
    expect(await shop.post('/v1/track', call, { key }), key).toMatchObject(invalid);
  }
  expect(await shop.post('/v1/track', call, { key: null })).toMatchObject(invalid);
  expect(await shop.post('/v1/track', { ...call, writeKey: { a: 1 } }, { key: null })).toMatchObject(invalid);
  const bearer = { authorization: 'Bearer something' };
  expect(await shop.post('/v1/track', { ...call, writeKey: shop.key }, { key: null, headers: bearer })).toMatchObject({
    status: 200,
  });
});

test('a revoked key is not accepted after a minute', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  await shop.post('/v1/track', track('Before'));
  const { body } = await shop.ask('GET /v1/write-keys');
  const revoked = await shop.ask('DELETE /v1/write-keys/{id}', { params: { id: body.items[0].id } });
  expect(revoked).toMatchObject({ status: 200, body: { id: body.items[0].id } });
  expect((await shop.ask('GET /v1/write-keys')).body.items).toEqual([]);
  expect((await shop.ask('DELETE /v1/write-keys/{id}', { params: { id: body.items[0].id } })).body.code).toBe(
    'write-key.not-found',
  );
  await shop.advance('PT61S');
  expect(await shop.post('/v1/track', track('After'))).toMatchObject(invalid);
  expect((await shop.events(id)).map(({ data }) => data.event)).toEqual(['Before']);
});

test('another tenant’s key writes to that tenant alone, and its keys cannot be revoked', async () => {
  const [own, other] = [await tracker(await world()), await tracker(await world())];
  const [ownCustomer, otherCustomer] = [await own.customer(), await other.customer()];
  await own.post('/v1/track', track('Theirs'), { key: other.key });
  expect(await own.events(ownCustomer)).toEqual([]);
  expect(await other.events(otherCustomer)).toHaveLength(1);
  const { body } = await other.ask('GET /v1/write-keys');
  const foreign = await own.ask('DELETE /v1/write-keys/{id}', { params: { id: body.items[0].id } });
  expect(foreign.status).toBe(404);
});
