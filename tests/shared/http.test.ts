import { beforeAll, expect, test } from 'vitest';
import { type World, world } from '../world.ts';

let crm: World;
beforeAll(async () => {
  crm = await world();
});

let nth = 0;
const body = () => ({ email: `http${nth++}@example.com` });
const create = (asked: object) => crm.ask('POST /v1/customers', asked);

test('another tenant’s customer does not exist', async () => {
  const { body: made } = await create({ body: body() });
  const stranger = await world();
  for (const key of [
    'GET /v1/customers/{id}',
    'GET /v1/customers/{id}/view',
    'GET /v1/customers/{id}/timeline',
    'GET /v1/customers/{id}/decisions',
  ]) {
    expect((await stranger.ask(key, { params: { id: made.id } })).body).toMatchObject({
      status: 404,
      code: 'customer.not-found',
    });
  }
  expect(
    (await stranger.ask('PATCH /v1/customers/{id}', { params: { id: made.id }, body: { name: 'Mine' } })).status,
  ).toBe(404);
  expect((await stranger.ask('GET /v1/customers', { query: { email: made.email } })).body.items).toEqual([]);
});

test('no token, a forged one and a role without the scope are refused', async () => {
  expect((await create({ body: body(), token: null })).status).toBe(401);
  expect((await create({ body: body(), token: `${crm.token.slice(0, -4)}AAAA` })).status).toBe(401);
  const analyst = await crm.tokenFor(['analyst']);
  expect((await create({ body: body(), token: analyst })).body).toMatchObject({ status: 403, code: 'scope.missing' });
  expect((await crm.ask('GET /v1/customers', { token: analyst })).status).toBe(200);
  expect((await crm.ask('GET /v1/customers', { token: await crm.tokenFor([]) })).status).toBe(403);
});

test('a repeated request with its key gets the first reply byte for byte and has no second effect', async () => {
  const asked = { body: body(), headers: { 'idempotency-key': 'order-1' } };
  const first = await create(asked);
  const again = await create(asked);
  expect(again.status).toBe(201);
  expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect((await create({ ...asked, body: body() })).body).toMatchObject({ status: 422, code: 'idempotency.reused' });
});

test('of requests that arrive together with one key one runs; the others are told it runs, or get its reply', async () => {
  const asked = { body: body(), headers: { 'idempotency-key': 'together' } };
  const replies = await Promise.all(Array.from({ length: 8 }, () => create(asked)));
  const fresh = replies.filter(({ status, headers }) => status === 201 && !headers.get('idempotency-replayed'));
  expect(fresh).toHaveLength(1);
  for (const { status, body } of replies)
    if (status !== 201) expect(body).toMatchObject({ status: 409, code: 'idempotency.running' });
});

test('a refusal is replayed too; bad input does not use up the key', async () => {
  const taken = body();
  await create({ body: taken });
  const headers = { 'idempotency-key': 'refused' };
  expect((await create({ body: { email: 'no' }, headers })).status).toBe(422);
  expect((await create({ body: taken, headers })).status).toBe(409);
  const again = await create({ body: taken, headers });
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([409, 'true']);
  expect((await create({ body: body(), headers: { 'idempotency-key': 'x'.repeat(256) } })).body.code).toBe(
    'idempotency.malformed',
  );
});

test('one tenant’s key is not another’s', async () => {
  const stranger = await world();
  const asked = { body: body(), headers: { 'idempotency-key': 'mine' } };
  const mine = await create(asked);
  const theirs = await stranger.ask('POST /v1/customers', asked);
  expect(theirs.status).toBe(201);
  expect(theirs.body.id).not.toBe(mine.body.id);
});

test('an unchanged thing is not sent again', async () => {
  const { body: made } = await create({ body: body() });
  const again = await crm.ask('GET /v1/customers/{id}', {
    params: { id: made.id },
    headers: { 'if-none-match': '"1"' },
  });
  expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', '"1"']);
});

test('a route that does not exist and a body that is too large are refused', async () => {
  expect((await crm.ask('GET /v1/nothing')).status).toBe(404);
  const send = (size: number) => create({ body: { ...body(), attributes: { text: 'x'.repeat(size) } } });
  expect((await send(2_000_000)).body).toMatchObject({ status: 413, code: 'body.too-large' });
  expect((await send(11_000_000)).status).toBe(413);
  expect((await send(20_000)).body.errors[0].path).toBe('attributes');
});

test('a path that is none is 404, a method that a path does not take 405 with those that it does', async () => {
  const unknown = { status: 404, code: 'route.not-found' };
  for (const path of ['/nowhere', '/v1/nothing', '/v1/customers/x/nothing', '/v1/leads/x/y/z']) {
    expect((await crm.ask(`GET ${path}`)).body, path).toMatchObject(unknown);
  }
  expect((await crm.ask('GET /nowhere', { token: null })).body).toMatchObject(unknown);
  for (const [key, allow] of [
    ['DELETE /v1/customers', 'GET, HEAD, POST, PUT'],
    ['PUT /v1/customers/x/merge', 'POST'],
    ['POST /v1/jobs', 'GET, HEAD'],
    ['GET /v1/track', 'POST'],
    ['PATCH /health', 'GET, HEAD'],
  ] as const) {
    const { body, headers } = await crm.ask(key);
    expect(body, key).toMatchObject({ status: 405, code: 'route.method-not-allowed' });
    expect(headers.get('allow'), key).toBe(allow);
  }
});

test('HEAD answers as GET does, without a body', async () => {
  const { body: made } = await create({ body: body() });
  for (const [path, params] of [
    ['/v1/customers/{id}', { id: made.id }],
    ['/v1/customers', {}],
    ['/health', {}],
  ] as const) {
    const [get, head] = [await crm.ask(`GET ${path}`, { params }), await crm.ask(`HEAD ${path}`, { params })];
    expect([head.status, head.body]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length', 'etag']) {
      expect(head.headers.get(name), name).toBe(get.headers.get(name));
    }
  }
  expect((await crm.ask('HEAD /v1/customers', { token: null })).status).toBe(401);
});
