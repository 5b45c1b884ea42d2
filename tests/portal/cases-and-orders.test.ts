import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { portal } from './portal-world.ts';

const price = { amount: 12_900_00, currency: 'SGD' };

test('a customer opens a case, reads the reply without the notes, and replies', async () => {
  const crm = portal(await world());
  const ada = await crm.person();
  const opened = await crm.as(ada, 'POST /v1/me/cases', { body: { subject: 'Second key', description: 'How?' } });
  expect([opened.status, opened.body.subject, opened.body.type]).toEqual([201, 'Second key', 'enquiry']);
  expect(opened.body).not.toHaveProperty('queue');
  const params = { id: opened.body.id };
  await crm.idle();
  await crm.ask('POST /v1/cases/{id}/note', { params, body: { body: 'keys cost us 80' } });
  await crm.ask('POST /v1/cases/{id}/reply', { params, body: { body: 'At any branch.' } });
  const answered = await crm.as(ada, 'POST /v1/me/cases/{id}/reply', { params, body: { body: 'Thank you' } });
  expect(answered.status).toBe(200);
  const thread = await crm.as(ada, 'GET /v1/me/cases/{id}/messages', { params });
  expect(thread.body.items.map(({ from, body }: Record<string, string>) => [from, body])).toEqual([
    ['me', 'Thank you'],
    ['company', 'At any branch.'],
    ['me', 'How?'],
  ]);
  const list = await crm.as(ada, 'GET /v1/me/cases');
  expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([opened.body.id]);
});

test('a case of another customer is not found by any route', async () => {
  const crm = portal(await world());
  const [ada, eve] = [await crm.person(), await crm.person({ givenName: 'Eve' })];
  const opened = await crm.as(ada, 'POST /v1/me/cases', { body: { subject: 'Mine' } });
  const params = { id: opened.body.id };
  for (const key of ['GET /v1/me/cases/{id}', 'GET /v1/me/cases/{id}/messages']) {
    const { status, body } = await crm.as(eve, key, { params });
    expect([key, status, body.code]).toEqual([key, 404, 'case.not-found']);
  }
  const reply = await crm.as(eve, 'POST /v1/me/cases/{id}/reply', { params, body: { body: 'x' } });
  expect(reply.status).toBe(404);
  expect((await crm.as(eve, 'GET /v1/me/cases')).body.items).toEqual([]);
});

test('fields that a customer cannot set on a case are rejected by name', async () => {
  const crm = portal(await world());
  const ada = await crm.person();
  const { status, body } = await crm.as(ada, 'POST /v1/me/cases', {
    body: { subject: '', priority: 'urgent', customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z' },
  });
  expect(status).toBe(422);
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['customerId', 'priority', 'subject']);
});

test('a customer sees its own orders only', async () => {
  const crm = portal(await world());
  const [ada, eve] = [await crm.person(), await crm.person()];
  const lines = [{ sku: 'VOLT-7', name: 'Auto Volt 7', quantity: 1, price }];
  const order = { customerId: ada.id, number: 'A-1', lines, total: price };
  await crm.ask('POST /v1/orders', { body: order });
  const mine = await crm.as(ada, 'GET /v1/me/orders');
  expect(mine.body.items.map(({ number, total }: Record<string, unknown>) => [number, total])).toEqual([
    ['A-1', price],
  ]);
  expect(mine.body.items[0]).not.toHaveProperty('customerId');
  expect((await crm.as(eve, 'GET /v1/me/orders')).body.items).toEqual([]);
});
