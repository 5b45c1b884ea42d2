import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

const price = { amount: 45_000, currency: 'SGD' };
const lines = [{ sku: 'BOX', name: 'Roof box', quantity: 1, price }];
const order = (number: string, more: object = {}) => ({
  number,
  customer: { externalId: 'c-1' },
  lines,
  total: price,
  ...more,
});

const company = async () => {
  const crm = await world();
  const body = { externalId: 'c-1', givenName: 'Ada', email: 'ada@example.com' };
  return { ...crm, ada: (await crm.ask('POST /v1/customers', { body })).body.id as string };
};

const listed = async (crm: World, what: string) =>
  (await crm.ask(`GET /v1/${what}`, { query: { limit: 100 } })).body.items;

test('an order that another system puts on the bus is recorded, and changed when it is reported again', async () => {
  const crm = await company();
  const trigger = { name: 'thanks', when: { 'detail-type': ['order.completed'] }, then: [{ tag: 'thanked' }] };
  const { id } = (await crm.ask('POST /v1/triggers', { body: trigger })).body;
  await crm.ask('POST /v1/triggers/{id}/activate', { params: { id } });
  await crm.put('order.reported', order('B-1'), 'shop');
  await crm.idle();
  const [placed] = await listed(crm, 'orders');
  expect(placed).toMatchObject({ number: 'B-1', customerId: crm.ada, status: 'placed', total: price, lines });
  for (const _ of [1, 2]) await crm.put('order.reported', { number: 'B-1', status: 'completed' }, 'shop');
  await crm.put('order.reported', order('B-1'), 'shop');
  await crm.idle();
  expect(await listed(crm, 'orders')).toMatchObject([{ number: 'B-1', status: 'completed', version: 2 }]);
  const { items } = (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: crm.ada } })).body;
  expect(items.filter(({ type }: { type: string }) => type.startsWith('order.'))).toMatchObject([
    { type: 'order.completed', actor: 'source:bus:shop' },
    { type: 'order.created' },
  ]);
  const { tags } = (await crm.ask('GET /v1/customers/{id}', { params: { id: crm.ada } })).body.attributes;
  expect(tags).toEqual(['thanked']);
  expect(await listed(crm, 'rejected-events')).toEqual([]);
});

test('many that are reported at once of one number make one order', async () => {
  const crm = await company();
  await Promise.all(Array.from({ length: 6 }, () => crm.put('order.reported', order('B-2'), 'shop')));
  await crm.idle();
  expect(await listed(crm, 'orders')).toMatchObject([{ number: 'B-2', version: 1 }]);
});

test('leads and opportunities come by the bus too; a lead of nobody yet has its customer made', async () => {
  const crm = await company();
  const contact = { name: 'Eve Ng', email: 'Eve@example.com' };
  await crm.put('lead.reported', { externalId: 'L-1', contact, interest: 'Volt 7', value: price }, 'web');
  const deal = { externalId: 'D-1', customer: { email: 'ADA@example.com' }, name: 'Fleet', stage: 'proposal' };
  await crm.put('opportunity.reported', deal, 'erp');
  await crm.idle();
  const [lead] = await listed(crm, 'leads');
  expect(lead).toMatchObject({ externalId: 'L-1', interest: 'Volt 7', value: price, contact: { name: 'Eve Ng' } });
  const eve = (await crm.ask('GET /v1/customers', { query: { email: 'eve@example.com' } })).body.items[0];
  expect(lead.customerId).toBe(eve.id);
  expect(await listed(crm, 'opportunities')).toMatchObject([
    { externalId: 'D-1', customerId: crm.ada, stage: 'proposal' },
  ]);
});

test('what cannot be taken is listed with the reason, and not tried again', async () => {
  const crm = await company();
  await crm.put('order.reported', order('B-3', { customer: { externalId: 'c-9' } }), 'shop');
  await crm.idle();
  await crm.put('order.reported', { ...order('B-4'), colour: 'red' }, 'shop');
  await crm.idle();
  await crm.put('order.reported', order('B-5'), 'shop');
  await crm.idle();
  await crm.put('order.reported', { number: 'B-5', status: 'shipped', total: { ...price, amount: 1 } }, 'shop');
  await crm.idle();
  await crm.put('order.reported', { tenant: 'NOT A TENANT', ...order('B-6') }, 'shop');
  await crm.idle();
  expect((await listed(crm, 'rejected-events')).reverse()).toMatchObject([
    {
      reported: 'order.reported',
      source: 'shop',
      key: 'B-3',
      taken: false,
      faults: [{ path: 'customer.externalId', message: 'matches no customer' }],
    },
    { key: 'B-4', taken: false, faults: [{ path: 'colour' }] },
    { key: 'B-5', taken: true, faults: [{ path: 'total', message: 'cannot change after the order is recorded' }] },
  ]);
  expect(await listed(crm, 'orders')).toMatchObject([{ number: 'B-5', status: 'shipped' }]);
  const token = await crm.tokenFor(['marketer']);
  expect((await crm.ask('GET /v1/rejected-events', { token })).status).toBe(403);
});
