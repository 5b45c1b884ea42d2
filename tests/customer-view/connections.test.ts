import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const money = { amount: 1000, currency: 'SGD' };

test('the single view shows all records of a customer that are still open or valid', async () => {
  const crm = related(await world());
  const [id, acme] = [await crm.person(), await crm.organisation()];
  const empty = await crm.view(id);
  const parts = ['relationships', 'assets', 'needs', 'tasks', 'documents', 'commitments'];
  for (const part of parts) expect(empty[part]).toEqual([]);
  expect([empty.finance, empty.more]).toEqual([null, false]);

  const make = (key: string, body: Body) => crm.ask(key, { params: { id }, body });
  const made = async (key: string, body: Body): Promise<string> => (await make(key, body)).body.id;
  const activity = { customerId: id, kind: 'task', subject: 'Call' };
  await make('POST /v1/customers/{id}/relationships', { type: 'employer', to: acme });
  await make('POST /v1/assets', { customerId: id, name: 'Volt 7' });
  const need = await made('POST /v1/customers/{id}/needs', { what: 'tyres', source: 'call' });
  await make('POST /v1/customers/{id}/needs', { what: 'a car', source: 'call' });
  const done = await made('POST /v1/activities', { ...activity, subject: 'Done' });
  await make('POST /v1/activities', activity);
  await make('POST /v1/activities', { ...activity, kind: 'note', subject: 'A note' });
  await make('POST /v1/documents', { customerId: id, name: 'Certificate' });
  const commitment = { kind: 'offer', subject: 'VOLT-7', text: 'free mats', department: 'sales' };
  await make('POST /v1/customers/{id}/commitments', commitment);
  const fulfilled = await made('POST /v1/customers/{id}/commitments', { ...commitment, subject: 'other' });
  const invoice = { customerId: id, number: 'R-1', total: money, issuedOn: '2026-01-01', dueOn: '2026-01-31' };
  await make('POST /v1/invoices', invoice);
  await crm.at('PATCH /v1/needs/{id}', need, { body: { status: 'met' } });
  await crm.at('POST /v1/activities/{id}/complete', done, { body: {} });
  await crm.at('POST /v1/commitments/{id}/fulfil', fulfilled, { body: {} });

  expect(await crm.view(id)).toMatchObject({
    relationships: [{ label: 'employer', with: acme }],
    assets: [{ name: 'Volt 7' }],
    needs: [{ what: 'a car' }],
    tasks: [{ subject: 'Call' }],
    documents: [{ name: 'Certificate' }],
    commitments: [{ subject: 'VOLT-7' }],
    finance: { openAmount: { SGD: 1000 }, overdueSince: '2026-01-31' },
    more: false,
  });
  expect((await crm.view(acme)).relationships).toMatchObject([{ label: 'employee', with: id }]);
});

test('the single view of a customer with many records and parts shows the latest events and all consents', async () => {
  const crm = related(await world());
  const acme = await crm.organisation();
  await crm.consent(acme, 'email', 'news', 'granted');
  const order = await crm.order(acme, 'o-1');
  const body = { name: 'x', kind: 'static' };
  const lists = await Promise.all(Array.from({ length: 45 }, () => crm.ask('POST /v1/lists', { body })));
  await Promise.all(
    lists.map(({ body: { id } }) =>
      crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id, customerId: acme } }),
    ),
  );
  const people = await Promise.all(Array.from({ length: 30 }, () => crm.person()));
  await Promise.all(people.map(id => crm.relate(id, { type: 'employer', to: acme })));
  const view = await crm.view(acme);
  expect(view.relationships).toHaveLength(30);
  expect(view.timeline).toHaveLength(25);
  expect(view.consents).toMatchObject([{ topic: 'news' }]);
  expect(view.orders).toMatchObject([{ id: order.id }]);
});
