import { beforeAll, describe, expect, test } from 'vitest';
import { type World, world } from '../world.ts';

let crm: World;
let customerId: string;
beforeAll(async () => {
  crm = await world();
  const body = { givenName: 'Siti', familyName: 'Rahman', email: 'siti.rahman@example.com' };
  customerId = (await crm.ask('POST /v1/customers', { body })).body.id;
});

const price = { amount: 12_990_000, currency: 'SGD' };
const lines = [{ sku: 'VOLT-7', name: 'Auto Volt 7', quantity: 1, price }];
const order = (number: string, more: object = {}) =>
  crm.ask('POST /v1/orders', { body: { customerId, number, lines, total: price, ...more } });
const become = (id: string, status: string) => crm.ask('PATCH /v1/orders/{id}', { params: { id }, body: { status } });

describe('an order', () => {
  test('is recorded, completed, and on the customer’s timeline and view', async () => {
    const created = await order('A-1');
    expect(created).toMatchObject({ status: 201, body: { number: 'A-1', status: 'placed', total: price, lines } });
    const { id } = created.body;
    expect((await become(id, 'shipped')).body).toMatchObject({ status: 'shipped', version: 2 });
    expect((await become(id, 'completed')).body).toMatchObject({ status: 'completed', version: 3 });
    expect((await become(id, 'completed')).body.version).toBe(3);
    const { items } = (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: customerId } })).body;
    expect(
      items.filter((item: { about: string }) => item.about === id).map(({ type }: { type: string }) => type),
    ).toEqual(['order.completed', 'order.changed', 'order.created']);
    const view = (await crm.ask('GET /v1/customers/{id}/view', { params: { id: customerId } })).body;
    expect(view.orders).toContainEqual(
      expect.objectContaining({ id, number: 'A-1', status: 'completed', total: price }),
    );
  });

  test('that was completed when it was recorded says both', async () => {
    const { id } = (await order('A-2', { status: 'completed' })).body;
    const query = { type: 'order.completed' };
    const { items } = (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: customerId }, query })).body;
    expect(items.map(({ about }: { about: string }) => about)).toContain(id);
  });

  test('has a number that no other has', async () => {
    const { id } = (await order('A-3')).body;
    expect(await order('A-3')).toMatchObject({ status: 409, body: { code: 'order.number-taken', holder: id } });
  });

  test('that is cancelled stays so', async () => {
    const { id } = (await order('A-4')).body;
    expect((await become(id, 'cancelled')).status).toBe(200);
    expect(await become(id, 'completed')).toMatchObject({ status: 409, body: { code: 'order.closed' } });
  });

  test('is listed by customer and status, a page at a time', async () => {
    const other = (await crm.ask('POST /v1/customers', { body: { name: 'Wei Ling' } })).body.id;
    for (const number of ['B-1', 'B-2', 'B-3']) await order(number, { customerId: other });
    const first = await crm.ask('GET /v1/orders', { query: { customerId: other, limit: 2 } });
    const query = { customerId: other, limit: 2, cursor: first.body.nextCursor };
    const rest = await crm.ask('GET /v1/orders', { query });
    const numbers = [...first.body.items, ...rest.body.items].map(({ number }) => number);
    expect(numbers).toEqual(['B-3', 'B-2', 'B-1']);
    const none = await crm.ask('GET /v1/orders', { query: { customerId: other, status: 'completed' } });
    expect(none.body).toEqual({ items: [], nextCursor: null });
  });

  test('of another tenant does not exist; a marketer records none', async () => {
    const { id } = (await order('A-5')).body;
    const other = await world();
    expect(await other.ask('GET /v1/orders/{id}', { params: { id } })).toMatchObject({
      status: 404,
      body: { code: 'order.not-found' },
    });
    const token = await crm.tokenFor(['marketer']);
    const refused = await crm.ask('POST /v1/orders', {
      body: { customerId, number: 'A-6', lines, total: price },
      token,
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'scope.missing' } });
  });
});

describe('the total of an order', () => {
  const euros = (amount: number, currency = 'EUR') => ({ amount, currency });
  const two = [{ sku: 'A', name: 'A', quantity: 2, price: euros(10_000) }];

  test.each([
    ['of another currency', { total: euros(20_000, 'USD') }, 'total', 'is not in the currency of the lines'],
    ['above its lines', { total: euros(20_001) }, 'total', 'is more than the lines, shipping and tax, which are 20000'],
    ['above lines and tax', { total: euros(24_000), tax: euros(3_800) }, 'total', /which are 23800$/],
    ['with other tax', { total: euros(20_000), tax: euros(1, 'USD') }, 'tax', 'is not in the currency of the total'],
  ])('%s is refused', async (_, more, path, message) => {
    const said = message instanceof RegExp ? expect.stringMatching(message) : message;
    expect(await order('T-1', { lines: two, ...more })).toMatchObject({
      status: 422,
      body: { errors: [{ path, message: said }] },
    });
  });

  test('may be less by discounts, and more by shipping and tax', async () => {
    expect((await order('T-2', { lines: two, total: euros(15_000) })).status).toBe(201);
    const parts = { shipping: euros(490), tax: euros(3_800) };
    const { status, body } = await order('T-3', { lines: two, total: euros(24_290), ...parts });
    expect([status, body]).toMatchObject([201, parts]);
    expect((await crm.ask('GET /v1/orders/{id}', { params: { id: body.id } })).body).toMatchObject(parts);
  });
});

describe('an order of the past', () => {
  test('stands on the timeline at its own time, is the older one in lists, and sets off no trigger', async () => {
    const other = (await crm.ask('POST /v1/customers', { body: { name: 'Hana Ito' } })).body.id;
    const trigger = { name: 'thanks', when: { 'detail-type': ['order.created'] }, then: [{ tag: 'thanked' }] };
    const { id } = (await crm.ask('POST /v1/triggers', { body: trigger })).body;
    expect((await crm.ask('POST /v1/triggers/{id}/activate', { params: { id } })).status).toBe(200);
    await order('P-2', { customerId: other });
    const old = await order('P-1', { customerId: other, placedAt: '2024-03-01T09:00:00+08:00' });
    expect(old.body).toMatchObject({ status: 'placed', placedAt: '2024-03-01T01:00:00.000Z' });
    await crm.idle();
    const { items } = (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: other } })).body;
    const created = items.filter(({ type }: { type: string }) => type === 'order.created');
    expect(created.map(({ data }: { data: { number: string } }) => data.number)).toEqual(['P-2', 'P-1']);
    expect(created[1].occurredAt).toBe('2024-03-01T01:00:00.000Z');
    const listed = (await crm.ask('GET /v1/orders', { query: { customerId: other } })).body.items;
    expect(listed.map(({ number }: { number: string }) => number)).toEqual(['P-2', 'P-1']);
    const decisions = (await crm.ask('GET /v1/customers/{id}/decisions', { params: { id: other } })).body.items;
    expect(decisions.filter(({ cause }: { cause: string }) => cause === id)).toHaveLength(1);
  });

  test('is not one of the future', async () => {
    expect(await order('P-3', { placedAt: '2999-01-01T00:00:00Z' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'placedAt', message: 'is in the future' }] },
    });
  });
});
