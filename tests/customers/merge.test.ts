import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

type Body = Record<string, unknown>;

const customer = async (crm: World, profile: Body): Promise<{ id: string; email: string }> => {
  const { status, body } = await crm.ask('POST /v1/customers', { body: profile });
  expect([status, body.errors]).toEqual([201, undefined]);
  return body;
};

const merge = (crm: World, id: string, from: string, more: Body = {}) =>
  crm.ask('POST /v1/customers/{id}/merge', { params: { id }, body: { from, ...more } });

const unmerge = (crm: World, id: string, from: string) =>
  crm.ask('POST /v1/customers/{id}/unmerge', { params: { id }, body: { from } });

const read = (crm: World, id: string) => crm.ask('GET /v1/customers/{id}', { params: { id } });

const timeline = async (crm: World, id: string): Promise<string[]> => {
  const { body } = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id }, query: { limit: 100 } });
  return body.items.map(({ type }: { type: string }) => type);
};

const price = { amount: 100, currency: 'SGD' };

const order = async (crm: World, customerId: string, number: string) => {
  const lines = [{ sku: 'V7', name: 'Volt', quantity: 1, price }];
  const body = { customerId, number, total: price, lines, status: 'completed' };
  const told = await crm.ask('POST /v1/orders', { body });
  expect([told.status, told.body.errors]).toEqual([201, undefined]);
  return told.body;
};

const consent = (crm: World, id: string, channel: string, topic: string, status: string) =>
  crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params: { id, channel, topic },
    body: { status, source: 'test' },
  });

const consentsOf = async (crm: World, id: string) => {
  const { body } = await crm.ask('GET /v1/customers/{id}/view', { params: { id } });
  return Object.fromEntries(
    body.consents.map(({ channel, topic, status }: Record<string, string>) => [`${channel}/${topic}`, status]),
  );
};

const ada = { givenName: 'Ada', familyName: 'Tan', email: 'ada@example.com', attributes: { size: 'M' } };
const other = {
  givenName: 'Ada',
  familyName: 'Tan-Lim',
  email: 'a.tan@work.example',
  phone: '+65 6123 4567',
  externalId: 'erp-7',
  attributes: { size: 'L', colour: 'red' },
};

test('two records become one that is found by all that either was known by', async () => {
  const crm = await world();
  const [a, b] = [await customer(crm, ada), await customer(crm, other)];
  await order(crm, b.id, 'o-1');
  await consent(crm, b.id, 'email', 'news', 'granted');
  const merged = await merge(crm, a.id, b.id);
  expect(merged.status).toBe(200);
  expect(merged.body).toMatchObject({
    id: a.id,
    familyName: 'Tan',
    name: 'Ada Tan',
    email: 'ada@example.com',
    phone: '+6561234567',
    externalId: 'erp-7',
    attributes: { size: 'M', colour: 'red' },
  });
  const conflicts = merged.body.merge.conflicts.map(({ attribute, wins }: Body) => [attribute, wins]);
  expect(conflicts).toEqual([
    ['familyName', 'into'],
    ['email', 'into'],
    ['attributes.size', 'into'],
  ]);
  const gone = await read(crm, b.id);
  expect([gone.status, gone.headers.get('location')]).toEqual([301, `/v1/customers/${a.id}`]);
  for (const query of [{ email: 'a.tan@work.example' }, { email: 'ada@example.com' }, { externalId: 'erp-7' }]) {
    const { body } = await crm.ask('GET /v1/customers', { query });
    expect(body.items.map(({ id }: Body) => id)).toEqual([a.id]);
  }
  const taken = await crm.ask('POST /v1/customers', { body: { email: 'a.tan@work.example' } });
  expect([taken.status, taken.body.code, taken.body.holder]).toEqual([409, 'customer.email-taken', a.id]);
  const { body: view } = await crm.ask('GET /v1/customers/{id}/view', { params: { id: a.id } });
  expect(view.orders).toMatchObject([{ number: 'o-1' }]);
  expect(view.consents).toMatchObject([{ channel: 'email', topic: 'news', status: 'granted' }]);
  const types = await timeline(crm, a.id);
  expect(types.filter(type => type === 'customer.created')).toHaveLength(2);
  expect(types).toContain('order.completed');
  expect(types).toContain('customer.merged');
  const listed = await crm.ask('GET /v1/customers/{id}/merges', { params: { id: a.id } });
  expect(listed.body.items).toMatchObject([{ from: b.id, state: 'merged', unmergeable: true, was: { id: b.id } }]);
});

test('a dry run shows what would become of them and changes nothing', async () => {
  const crm = await world();
  const [a, b] = [await customer(crm, ada), await customer(crm, other)];
  await order(crm, b.id, 'o-1');
  await consent(crm, a.id, 'email', 'news', 'granted');
  await consent(crm, b.id, 'email', 'news', 'withdrawn');
  const choices = { familyName: 'from', email: 'from', attributes: 'from' };
  const { status, body } = await merge(crm, a.id, b.id, { choices, dryRun: true });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    name: 'Ada Tan-Lim',
    email: 'a.tan@work.example',
    attributes: { size: 'L', colour: 'red' },
    version: 1,
    merge: {
      id: null,
      moves: { records: { order: 1 }, more: false },
      consents: [{ channel: 'email', topic: 'news', status: 'withdrawn', by: 'from' }],
      dropped: ['ada@example.com'],
    },
  });
  expect((await read(crm, a.id)).body).toMatchObject({ name: 'Ada Tan', version: 1 });
  expect((await read(crm, b.id)).status).toBe(200);
  const { body: done } = await merge(crm, a.id, b.id, { choices });
  expect(done).toMatchObject({ name: 'Ada Tan-Lim', email: 'a.tan@work.example', version: 2 });
  expect(await consentsOf(crm, a.id)).toEqual({ 'email/news': 'withdrawn' });
});

test('taken apart again, both are what they were, and what happened since stays where it happened', async () => {
  const crm = await world();
  const [a, b] = [await customer(crm, ada), await customer(crm, other)];
  const list = (await crm.ask('POST /v1/lists', { body: { name: 'Fleet', kind: 'static' } })).body;
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: list.id, customerId: b.id } });
  await order(crm, b.id, 'before');
  await consent(crm, a.id, 'email', 'news', 'withdrawn');
  await consent(crm, b.id, 'email', 'news', 'granted');
  await consent(crm, b.id, 'sms', 'news', 'granted');
  const was = { a: (await read(crm, a.id)).body, b: (await read(crm, b.id)).body, told: await timeline(crm, b.id) };
  await merge(crm, a.id, b.id, { choices: { familyName: 'from' } });
  expect(await consentsOf(crm, a.id)).toEqual({ 'email/news': 'granted', 'sms/news': 'granted' });
  const members = () => crm.ask('GET /v1/lists/{id}/members', { params: { id: list.id } });
  expect((await members()).body.items.map(({ id }: Body) => id)).toEqual([a.id]);
  await order(crm, b.id, 'since');
  await consent(crm, a.id, 'sms', 'news', 'withdrawn');
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: a.id }, body: { attributes: { size: 'S' } } });

  expect((await unmerge(crm, a.id, b.id)).status).toBe(200);
  const { version, updatedAt, ...back } = (await read(crm, b.id)).body;
  expect(back).toEqual({ ...back, ...was.b, version: undefined, updatedAt: undefined } as never);
  const kept = (await read(crm, a.id)).body;
  expect({ ...kept, attributes: was.a.attributes, version: 1, updatedAt: was.a.updatedAt }).toEqual(was.a);
  expect(kept.attributes).toEqual({ size: 'S' });
  const numbers = async (id: string) =>
    (await crm.ask('GET /v1/customers/{id}/view', { params: { id } })).body.orders.map(({ number }: Body) => number);
  expect([await numbers(a.id), await numbers(b.id)]).toEqual([['since'], ['before']]);
  expect(await consentsOf(crm, a.id)).toEqual({ 'email/news': 'withdrawn', 'sms/news': 'withdrawn' });
  // who stops texts as one customer stops them for both
  expect(await consentsOf(crm, b.id)).toEqual({ 'email/news': 'granted', 'sms/news': 'withdrawn' });
  expect((await members()).body.items.map(({ id }: Body) => id)).toEqual([b.id]);
  expect(await timeline(crm, b.id)).toEqual([
    'consent.changed',
    'customer.restored',
    'customer.merged-away',
    ...was.told,
  ]);
  expect((await timeline(crm, a.id)).filter(type => type === 'customer.created')).toHaveLength(1);
  const found = await crm.ask('GET /v1/customers', { query: { email: 'a.tan@work.example' } });
  expect(found.body.items).toMatchObject([{ id: b.id }]);
  expect((await unmerge(crm, a.id, b.id)).body.code).toBe('unmerge.not-merged');
  expect((await merge(crm, a.id, b.id)).status).toBe(200);
});
