import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const what = ({ body }: { body: { items: Body[] } }) => body.items.map(one => one.what);

test('a need is recorded, found, met and deleted', async () => {
  const crm = related(await world());
  const id = await crm.person();
  const record = (body: Body) => crm.at('POST /v1/customers/{id}/needs', id, { body: { source: 'call', ...body } });
  const budget = { amount: 13_000_000, currency: 'sgd' };
  const made = await record({ what: 'a car', category: 'cars', productId: 'VOLT-7', strength: 4, budget });
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/needs/${made.body.id}`]);
  expect(made.body).toMatchObject({ status: 'open', budget: { currency: 'SGD' }, customerId: id, version: 1 });
  await record({ what: 'winter tyres', category: 'tyres' });
  expect(what(await crm.at('GET /v1/customers/{id}/needs', id))).toEqual(['winter tyres', 'a car']);
  expect(what(await crm.ask('GET /v1/needs', { query: { productId: 'VOLT-7' } }))).toEqual(['a car']);
  const change = (body: Body, headers = {}) => crm.at('PATCH /v1/needs/{id}', made.body.id, { body, headers });
  const met = await change({ status: 'met', budget: null }, { 'if-match': '"1"' });
  expect([met.body.status, met.body.budget, met.headers.get('etag')]).toEqual(['met', undefined, '"2"']);
  expect((await change({ status: 'open' }, { 'if-match': '"1"' })).status).toBe(412);
  expect(what(await crm.at('GET /v1/customers/{id}/needs', id, { query: { status: 'open' } }))).toEqual([
    'winter tyres',
  ]);
  expect(what(await crm.ask('GET /v1/needs', { query: { category: 'cars' } }))).toEqual([]);
  expect(what(await crm.ask('GET /v1/needs', { query: { category: 'cars', status: 'met' } }))).toEqual(['a car']);
  expect((await crm.at('DELETE /v1/needs/{id}', made.body.id)).status).toBe(200);
  expect(await crm.refused(crm.at('GET /v1/needs/{id}', made.body.id))).toEqual([404, 'need.not-found']);
  expect((await crm.timeline(id)).slice(0, 2)).toEqual(['need.removed', 'need.changed']);
});

test('an invalid need is rejected with all its bad fields, and other tenants’ customers are not found', async () => {
  const crm = related(await world());
  const id = await crm.person();
  const body = { what: '', strength: 6, neededBy: 'soon' };
  const bad = crm.at('POST /v1/customers/{id}/needs', id, { body });
  expect(await crm.badFields(bad)).toEqual([422, 'what', 'neededBy', 'strength', 'source']);
  expect(await crm.badFields(crm.ask('GET /v1/needs'))).toEqual([422, 'productId']);
  expect(await crm.badFields(crm.ask('GET /v1/needs', { query: { productId: 'x', category: 'y' } }))).toEqual([
    422,
    'category',
  ]);
  const stranger = await related(await world()).person();
  const need = { body: { what: 'x', source: 'y' } };
  const elsewhere = crm.at('POST /v1/customers/{id}/needs', stranger, need);
  expect(await crm.refused(elsewhere)).toEqual([404, 'customer.not-found']);
});

test('needs follow a merge of their customer and its undo', async () => {
  const crm = related(await world());
  const [a, b] = [await crm.person(), await crm.person()];
  await crm.at('POST /v1/customers/{id}/needs', b, { body: { what: 'a car', source: 'call', productId: 'VOLT-7' } });
  await crm.merge(a, b);
  expect(what(await crm.at('GET /v1/customers/{id}/needs', a))).toEqual(['a car']);
  expect((await crm.ask('GET /v1/needs', { query: { productId: 'VOLT-7' } })).body.items[0].customerId).toBe(a);
  await crm.unmerge(a, b);
  expect(what(await crm.at('GET /v1/customers/{id}/needs', a))).toEqual([]);
  expect(what(await crm.at('GET /v1/customers/{id}/needs', b))).toEqual(['a car']);
});
