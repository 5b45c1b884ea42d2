import { expect, test } from 'vitest';
import { merging } from '../../merging/merge-pair.ts';
import { portal } from '../../portal/portal-world.ts';
import { world } from '../../world.ts';
import { erase, receiptOf } from './erase.ts';

const customer = async (email: string) => {
  const crm = merging(await world());
  const id = await crm.customer({
    givenName: 'Ada',
    familyName: 'Tan',
    email,
    phone: '+65 6777 1234',
    externalId: 'a-1',
  });
  return { ...crm, id };
};

const coded = async (reply: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await reply;
  return [status, body.code];
};

test('who was erased answers 410 everywhere, is found by nothing, and its tokens open nothing', async () => {
  const crm = portal(await world());
  const ada = await crm.person({ phone: '+65 6777 1234', externalId: 'a-1' });
  const list = (await crm.ask('POST /v1/lists', { body: { name: 'all', kind: 'static' } })).body;
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: list.id, customerId: ada.id } });
  expect((await crm.as(ada, 'GET /v1/me')).status).toBe(200);
  await erase(crm, ada.id);
  const params = { id: ada.id };
  const found = async (query: Record<string, string>) => (await crm.ask('GET /v1/customers', { query })).body.items;
  for (const query of [{ email: ada.email }, { phone: '+65 6777 1234' }, { externalId: 'a-1' }, { q: 'Ada' }, {}]) {
    expect([query, await found(query as Record<string, string>)]).toEqual([query, []]);
  }
  for (const key of ['', '/view', '/timeline', '/merges', '/decisions', '/duplicates', '/relationships', '/hold']) {
    const reply = await crm.ask(`GET /v1/customers/{id}${key}`, { params });
    if (reply.status !== 200) expect([key, reply.status, reply.body.code]).toEqual([key, 410, 'customer.erased']);
    else expect([key, reply.body.items]).toEqual([key, []]);
  }
  const patch = crm.ask('PATCH /v1/customers/{id}', { params, body: { givenName: 'Eve' } });
  expect(await coded(patch)).toEqual([410, 'customer.erased']);
  const order = { customerId: ada.id, number: 'x', total: { amount: 1, currency: 'SGD' } };
  const lines = [{ sku: 'x', name: 'x', quantity: 1, price: order.total }];
  expect(await coded(crm.ask('POST /v1/orders', { body: { ...order, lines } }))).toEqual([410, 'customer.erased']);
  expect(await coded(crm.as(ada, 'GET /v1/me'))).toEqual([401, 'token.revoked']);
  await crm.idle(60_000);
  const members = await crm.ask('GET /v1/lists/{id}/members', { params: { id: list.id } });
  expect(members.body.items).toEqual([]);
});

test('a repeated request replies with the same erasure', async () => {
  const crm = await customer('ada@again.example');
  const first = await erase(crm, crm.id);
  expect(await erase(crm, crm.id, 'and again')).toBe(first);
  await crm.idle(60_000);
  expect(await erase(crm, crm.id)).toBe(first);
  expect((await receiptOf(crm, first)).reason).toBe('asked for it');
});

test('an erasure needs a reason, an existing customer and the scope', async () => {
  const crm = await customer('ada@refused.example');
  const erasing = (more: object) => crm.at('POST /v1/customers/{id}/erase', crm.id, more);
  expect(await coded(erasing({ body: {} }))).toEqual([422, 'request.invalid']);
  expect(await coded(erasing({ body: { reason: ' ' } }))).toEqual([422, 'request.invalid']);
  const token = await crm.tokenFor(['marketer']);
  expect(await coded(erasing({ body: { reason: 'x' }, token }))).toEqual([403, 'scope.missing']);
  const unknown = crm.at('POST /v1/customers/{id}/erase', 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z', { body: { reason: 'x' } });
  expect(await coded(unknown)).toEqual([404, 'customer.not-found']);
  expect(await coded(crm.at('GET /v1/erasures/{id}', 'era_01jd5e7k3m9q2r4t6v8w0x1y2z'))).toEqual([
    404,
    'erasure.not-found',
  ]);
});

test('a legal hold is in force until it is lifted or has expired', async () => {
  const crm = await customer('ada@held.example');
  const twin = await crm.customer({ givenName: 'Ada', familyName: 'Tan' });
  const erasing = () => crm.at('POST /v1/customers/{id}/erase', crm.id, { body: { reason: 'x' } });
  const past = crm.at('PUT /v1/customers/{id}/hold', crm.id, { body: { reason: 'x', until: '2020-01-01T00:00:00Z' } });
  expect(await coded(past)).toEqual([422, 'hold.past']);
  expect(await coded(crm.at('GET /v1/customers/{id}/hold', crm.id))).toEqual([404, 'hold.not-found']);
  // the hold on a merged record is in force for the other
  const placed = await crm.at('PUT /v1/customers/{id}/hold', twin, { body: { reason: 'lawsuit' } });
  expect([placed.status, placed.body.reason, placed.body.until]).toEqual([200, 'lawsuit', null]);
  expect((await crm.merge(crm.id, twin)).status).toBe(200);
  expect((await crm.at('GET /v1/customers/{id}/hold', crm.id)).body).toMatchObject({ id: twin, reason: 'lawsuit' });
  const refused = await erasing();
  expect([refused.status, refused.body.code, refused.body.until]).toEqual([409, 'customer.on-hold', null]);
  expect((await crm.read(crm.id)).status).toBe(200);
  const lifted = await crm.at('DELETE /v1/customers/{id}/hold', crm.id);
  expect([lifted.status, lifted.body]).toEqual([200, { id: crm.id, lifted: 1 }]);
  expect(await coded(crm.at('DELETE /v1/customers/{id}/hold', crm.id))).toEqual([404, 'hold.not-found']);
  const until = new Date(Date.parse(await crm.now()) + 86_400_000).toISOString();
  await crm.at('PUT /v1/customers/{id}/hold', crm.id, { body: { reason: 'audit', until } });
  expect(await coded(erasing())).toEqual([409, 'customer.on-hold']);
  await crm.advance('P2D');
  expect((await erasing()).status).toBe(202);
});

test('records that were merged into an erased customer are erased with it, and their merges cannot be undone', async () => {
  const crm = await customer('ada@merged.example');
  const twin = await crm.customer({ givenName: 'Ada', email: 'twin@merged.example' });
  const third = await crm.customer({ givenName: 'Ada', email: 'third@merged.example' });
  await crm.merge(twin, third);
  await crm.merge(crm.id, twin);
  await crm.idle(60_000);
  const id = await erase(crm, crm.id);
  expect(await coded(crm.unmerge(crm.id, twin))).toEqual([410, 'customer.erased']);
  await crm.idle(60_000);
  expect((await receiptOf(crm, id)).merged.sort()).toEqual([twin, third].sort());
  for (const one of [crm.id, twin, third]) expect(await coded(crm.read(one))).toEqual([410, 'customer.erased']);
  const again = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', email: 'third@merged.example' } });
  expect(again.status).toBe(201);
  const merging = crm.merge(again.body.id, twin);
  expect(await coded(merging)).toEqual([410, 'customer.erased']);
});

test('a repeated request gets no erased data in reply, and does nothing again', async () => {
  const crm = await customer('ada@first.example');
  const headers = { 'idempotency-key': 'one' };
  const body = { givenName: 'Eve', email: 'eve@repeated.example' };
  const eve = (await crm.ask('POST /v1/customers', { body, headers })).body.id;
  const request = { params: { id: eve }, body: { reason: 'x' }, headers: { 'idempotency-key': 'two' } };
  const first = await crm.ask('POST /v1/customers/{id}/erase', request);
  await crm.idle(60_000);
  expect(await coded(crm.ask('POST /v1/customers', { body, headers }))).toEqual([410, 'customer.erased']);
  expect((await crm.ask('GET /v1/customers', { query: { email: body.email } })).body.items).toEqual([]);
  const repeated = await crm.ask('POST /v1/customers/{id}/erase', request);
  expect([repeated.status, repeated.body, repeated.headers.get('idempotency-replayed')]).toEqual([
    202,
    first.body,
    'true',
  ]);
});

test('an erasure cannot be cancelled, by any role; what may be cancelled needs the scope that starts it', async () => {
  const crm = await customer(`c@${Date.now()}.example`);
  await erase(crm, crm.id);
  const {
    items: [job],
  } = (await crm.ask('GET /v1/jobs', { query: { kind: 'erase' } })).body;
  for (const role of ['admin', 'marketer']) {
    const token = await crm.tokenFor([role]);
    const cancel = crm.ask('POST /v1/jobs/{id}/cancel', { params: { id: job.id }, token });
    expect(await coded(cancel)).toEqual([409, 'job.not-cancellable']);
  }
  const exported = (await crm.ask('POST /v1/exports', { body: {} })).body;
  const asMarketer = { params: { id: exported.id }, token: await crm.tokenFor(['marketer']) };
  expect(await coded(crm.ask('POST /v1/jobs/{id}/cancel', asMarketer))).toEqual([403, 'scope.missing']);
  await crm.idle();
  await crm.advance('PT1M'); // the export may have had the files
  await crm.idle();
  const [receipt] = (await crm.ask('GET /v1/erasures', {})).body.items;
  expect(receipt.state).toBe('done');
});
