import { expect, test } from 'vitest';
import { tracker } from '../../tracking/tracker.ts';
import { world } from '../../world.ts';

/** a tenant that keeps incomes and first names to itself, a customer of it, and somebody who may not see them */
const opened = async () => {
  const crm = await world();
  const declare = (name: string, body: object) => crm.ask('PUT /v1/attributes/{name}', { params: { name }, body });
  await declare('income', { type: 'number', classification: 'confidential', indexed: true });
  await declare('address', { classification: 'confidential' });
  const marketer = await crm.tokenFor(['marketer'], crm.tenant, 'mo');
  const profile = {
    givenName: 'Ada',
    familyName: 'Tan',
    externalId: 'u-1',
    address: { country: 'SG', postcode: '018989' },
    attributes: { income: 90000, size: 'M' },
  };
  const { id } = (await crm.ask('POST /v1/customers', { body: profile })).body;
  const at = (key: string, more: object = {}) => crm.ask(key, { params: { id }, token: marketer, ...more });
  return { ...crm, declare, marketer, id, at };
};

const bare = {
  givenName: 'Ada',
  attributes: { size: 'M' },
  masked: ['address.country', 'address.postcode', 'attributes.income'],
};

/** as a word of its own: an id may hold any digits */
const hasNo = (body: unknown, ...values: string[]) => {
  for (const value of values) expect(JSON.stringify(body)).not.toMatch(new RegExp(`(?<![0-9a-z])${value}(?![0-9a-z])`));
};

test('confidential attributes are left out and listed as masked wherever a customer is shown', async () => {
  const crm = await opened();
  const list = await crm.ask('POST /v1/lists', { body: { name: 'All', kind: 'static', sharedWith: ['all'] } });
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', {
    params: { id: list.body.id, customerId: crm.id },
  });
  const read = await crm.at('GET /v1/customers/{id}');
  const found = await crm.at('GET /v1/customers', { query: { externalId: 'u-1' } });
  const all = await crm.at('GET /v1/customers');
  const members = await crm.at('GET /v1/lists/{id}/members', { params: { id: list.body.id } });
  const view = await crm.at('GET /v1/customers/{id}/view');
  const changed = await crm.at('PATCH /v1/customers/{id}', { body: { locale: 'en-SG' } });
  const shown = [
    read.body,
    found.body.items[0],
    all.body.items[0],
    members.body.items[0],
    view.body.customer,
    changed.body,
  ];
  for (const customer of shown) {
    expect({ ...customer, masked: customer.masked?.toSorted() }).toMatchObject(bare);
    expect(customer).not.toHaveProperty('address');
    hasNo(customer, '90000', '018989');
  }
  const agent = await crm.tokenFor(['agent']);
  const whole = await crm.at('GET /v1/customers/{id}', { token: agent });
  expect(whole.body).toMatchObject({ attributes: { income: 90000 }, address: { country: 'SG' } });
  expect(whole.body).not.toHaveProperty('masked');
});

test('events show that they changed, not the values', async () => {
  const crm = await opened();
  const shop = await tracker(crm);
  await shop.post('/v1/identify', { userId: 'u-1', traits: { income: 70001, size: 'L' } });
  await shop.idle();
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: crm.id }, body: { attributes: { income: 80001 } } });
  const { body } = await crm.at('GET /v1/customers/{id}/timeline');
  hasNo(body, '70001', '80001', '90000');
  expect(body.items[0].data.changes).toEqual([{ attribute: 'attributes.income', from: '•••', to: '•••' }]);
  const identified = body.items.find(({ type }: { type: string }) => type === 'tracked.identify');
  expect(identified.data.traits).toEqual({ income: '•••', size: 'L' });
  hasNo((await crm.at('GET /v1/customers/{id}/view')).body, '70001', '80001', '90000');
  const known = await crm.at('GET /v1/customers/{id}/provenance');
  hasNo(known.body, '80001', '018989');
});

test('a name is hidden with its parts', async () => {
  const crm = await opened();
  await crm.declare('givenName', { classification: 'confidential' });
  const { body } = await crm.at('GET /v1/customers/{id}');
  expect(body.familyName).toBe('Tan');
  hasNo(body, 'Ada');
  const { body: named } = await crm.at('GET /v1/customers/{id}', { query: { fields: 'name,attributes.size' } });
  expect([named.name, named.attributes, named.masked]).toEqual([undefined, { size: 'M' }, ['name']]);
  const asked = await crm.at('GET /v1/customers', { query: { q: 'ada' } });
  expect([asked.status, asked.body.items]).toEqual([200, []]);
});

test('conditions and searches do not reveal them', async () => {
  const crm = await opened();
  const refused = async (key: string, more: object) => {
    const { status, body } = await crm.at(key, more);
    return [status, body.code];
  };
  const no = [403, 'attribute.confidential'];
  const where = { not: { attribute: 'attributes.income', gt: 1000 } };
  expect(await refused('GET /v1/customers', { query: { attribute: 'attributes.income', value: 90000 } })).toEqual(no);
  expect(await refused('GET /v1/customers', { query: { attribute: 'income', value: 90000 } })).toEqual(no);
  expect(await refused('POST /v1/lists', { body: { name: 'Rich', kind: 'dynamic', where } })).toEqual(no);
  const list = (
    await crm.at('POST /v1/lists', { body: { name: 'x', kind: 'dynamic', where: { attribute: 'id', exists: true } } })
  ).body;
  expect(await refused('PATCH /v1/lists/{id}', { params: { id: list.id }, body: { where } })).toEqual(no);
  const trigger = { name: 'Rich', when: { 'detail-type': ['order.completed'] }, if: where, then: [{ tag: 'rich' }] };
  expect(await refused('POST /v1/triggers', { body: trigger })).toEqual(no);
  const made = (await crm.at('POST /v1/triggers', { body: { ...trigger, if: { attribute: 'id', exists: true } } }))
    .body;
  expect(await refused('PATCH /v1/triggers/{id}', { params: { id: made.id }, body: { if: where } })).toEqual(no);
});

test('the reasons of decisions do not reveal them', async () => {
  const crm = await opened();
  const where = { attribute: 'attributes.income', gt: 1000 };
  const trigger = { name: 'Rich', when: { 'detail-type': ['tracked.track'] }, if: where, then: [{ tag: 'rich' }] };
  const made = await crm.ask('POST /v1/triggers', { body: { ...trigger, state: 'active' } });
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  const shop = await tracker(crm);
  await shop.post('/v1/track', { userId: 'u-1', event: 'Seen' });
  await shop.idle();
  const own = await crm.ask('GET /v1/customers/{id}/decisions', { params: { id: crm.id } });
  expect(own.body.items[0].reasons[1]).toBe('attribute attributes.income is more than 1000: it is 90000');
  const other = await crm.at('GET /v1/customers/{id}/decisions');
  expect(other.body.items[0].reasons[1]).toBe('attribute attributes.income is more than 1000: •••');
});

test('a merge does not reveal them', async () => {
  const crm = await opened();
  const token = await crm.tokenFor(['sales']);
  const body = { givenName: 'Ada', familyName: 'Tan', attributes: { income: 70001 } };
  const from = (await crm.ask('POST /v1/customers', { body })).body.id;
  const merged = await crm.at('POST /v1/customers/{id}/merge', { token, body: { from } });
  expect(merged.body.merge.conflicts).toMatchObject([{ attribute: 'attributes.income', into: '•••', from: '•••' }]);
  const listed = await crm.at('GET /v1/customers/{id}/merges');
  expect(listed.body.items).toHaveLength(1);
  await crm.idle();
  const parted = await crm.at('POST /v1/customers/{id}/unmerge', { token, body: { from } });
  for (const one of [merged, listed, parted]) hasNo(one.body, '70001', '90000');
});

test('an export requires the scope for confidential values', async () => {
  const crm = await opened();
  const asked = { tenant: crm.tenant, roles: [], scopes: ['settings.admin'], subject: 'ops' };
  const minted = await fetch(`${crm.url}/_local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  });
  const { token } = (await minted.json()) as { token: string };
  const refused = await crm.ask('POST /v1/exports', { token, body: { why: 'backup' } });
  expect([refused.status, refused.body.code]).toEqual([403, 'attribute.confidential']);
  const made = await crm.ask('POST /v1/exports', { body: { why: 'backup' } });
  expect(made.status).toBe(201);
  const read = await crm.ask('GET /v1/exports/{id}', { params: { id: made.body.id }, token });
  expect([read.status, read.body.code]).toEqual([403, 'attribute.confidential']);
});
