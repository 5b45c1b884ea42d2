import { expect, test } from 'vitest';
import { track, tracker } from '../tracking/tracker.ts';
import { type World, world } from '../world.ts';

const customer = async (crm: World, profile: object): Promise<string> =>
  (await crm.ask('POST /v1/customers', { body: profile })).body.id;

const exported = (crm: World, id: string, token?: string) =>
  crm.ask('GET /v1/customers/{id}/export', { params: { id }, ...(token ? { token } : {}) });

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));

test('an export has all stored data of the customer, and none of others', async () => {
  const crm = await world();
  const ada = await customer(crm, { givenName: 'Ada', email: `ada@${crm.tenant}.example` });
  const eve = await customer(crm, { givenName: 'Eve', email: `eve@${crm.tenant}.example` });
  const twin = await customer(crm, { givenName: 'Ada', phone: '+6561234567' });
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params: { id: ada, channel: 'email', topic: 'news' },
    body: { status: 'granted', source: 'form' },
  });
  for (const customerId of [ada, eve]) {
    await crm.ask('POST /v1/cases', {
      body: { customerId, subject: `Rattle of ${customerId}`, description: 'loud', type: 'report', channel: 'email' },
    });
    await crm.ask('POST /v1/activities', { body: { customerId, kind: 'note', subject: `Note on ${customerId}` } });
  }
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: ada }, body: { from: twin } });
  await crm.idle();
  const reply = await exported(crm, ada);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  const text = String(reply.body);
  const kinds = new Set(linesOf(text).map(({ kind }) => kind));
  for (const kind of [
    'export',
    'customer',
    'consent',
    'event',
    'case',
    'activity',
    'message',
    'message-content',
    'merge',
  ]) {
    expect(kinds).toContain(kind);
  }
  for (const part of [`Rattle of ${ada}`, `Note on ${ada}`, '+6561234567', 'We have received'])
    expect(text).toContain(part);
  for (const part of [eve, 'Eve']) expect(text).not.toContain(part);
  const timeline = await crm.ask('GET /v1/customers/{id}/timeline', {
    params: { id: ada },
    query: { type: 'customer.exported' },
  });
  expect(timeline.body.items).toMatchObject([{ data: { lines: linesOf(text).length } }]);
});

test('what is too much for a reply is behind a link', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const long = 'x'.repeat(30_000);
  for (let nth = 0; nth < 14; nth++) {
    const batch = Array.from({ length: 14 }, () => track('Read', { properties: { long } }));
    expect((await shop.post('/v1/batch', { batch })).status).toBe(200);
  }
  await shop.idle();
  const reply = await exported(shop, id);
  expect(reply.status).toBe(303);
  const text = await (await fetch(reply.headers.get('location') ?? '')).text();
  expect(linesOf(text).filter(({ type }) => type === 'tracked.track')).toHaveLength(196);
});

test('an unknown customer has no export, nor may a caller without the confidential scope export one', async () => {
  const crm = await world();
  const id = await customer(crm, { givenName: 'Ada', attributes: { income: 90_000 } });
  expect((await exported(crm, 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z')).status).toBe(404);
  expect((await exported(await world(), id)).status).toBe(404);
  await crm.ask('PUT /v1/attributes/{name}', {
    params: { name: 'income' },
    body: { type: 'integer', classification: 'confidential' },
  });
  const marketer = await exported(crm, id, await crm.tokenFor(['marketer']));
  expect([marketer.status, marketer.body.code]).toEqual([403, 'scope.missing']);
  expect((await exported(crm, id)).status).toBe(200);
});
