import { expect, test } from 'vitest';
import { type Row, slice } from '../../messaging/slice.ts';
import { world } from '../../world.ts';

const call = { kind: 'call', subject: 'Call: no reply', dueIn: 'P1D', assignedTo: 'owner' };

test('a sequence plans a call for the owner, once, and stops for who replies', async () => {
  const crm = slice(await world());
  const body = {
    ...{ name: 'Outreach', state: 'active', entry: { api: true } },
    steps: [{ tag: 'first' }, { wait: 'P3D' }, { id: 'call', activity: call }, { wait: 'P5D' }, { tag: 'silent' }],
    exitOn: [{ event: 'case.opened' }, { event: 'activity.recorded', where: { direction: ['inbound'] } }],
  };
  const made = await crm.ask('POST /v1/journeys', { body });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const { id } = made.body;
  const [ada, bob] = [await crm.customer({}), await crm.customer({})];
  for (const { id: customerId } of [ada, bob])
    expect(
      (await crm.ask('POST /v1/journeys/{id}/runs', { params: { id }, body: { customerId } })).status,
    ).toBeLessThan(300);
  await crm.ask('PUT /v1/staff/{id}', { params: { id: 'mei' }, body: { name: 'Mei' } });
  const owner = { params: { id: ada.id }, body: { userId: 'mei' } };
  expect((await crm.ask('POST /v1/customers/{id}/assign-owner', owner)).status).toBe(200);
  await crm.idle();
  const reply = { customerId: bob.id, kind: 'mail', direction: 'inbound', subject: 'Not now' };
  expect((await crm.ask('POST /v1/activities', { body: reply })).status).toBe(201);
  await crm.idle();
  await crm.advance('P3D');
  await crm.idle();
  const of = async (customerId: string) =>
    (await crm.ask('GET /v1/activities', { query: { customerId } })).body.items as Row[];
  expect((await of(bob.id)).map(({ subject }) => subject)).toEqual(['Not now']);
  const [planned, ...others] = await of(ada.id);
  expect(others).toEqual([]);
  expect(planned).toMatchObject({ kind: 'call', subject: call.subject, state: 'open', assignedTo: 'mei' });
  expect(planned?.occurredAt).toBeUndefined();
  expect(Date.parse(planned?.dueAt as string) - Date.parse(planned?.createdAt as string)).toBeLessThanOrEqual(
    86_400_000,
  );
  const events = (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: ada.id } })).body.items as Row[];
  expect(events.filter(({ type }) => type === 'activity.recorded')).toHaveLength(1);
  const command = (verb: string) =>
    crm.ask(`POST /v1/activities/{id}/${verb}`, { params: { id: planned!.id as string } });
  const done = await command('complete');
  expect(done.body).toMatchObject({ state: 'done', kind: 'call', occurredAt: expect.any(String) });
  expect((await command('cancel')).body.code).toBe('task.closed');
});

test('a trigger plans a task for the owner of the customer; the same request counts once, and a note is nothing to do', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({});
  const data = { kind: 'task', subject: 'Look', assignedTo: 'mei', cause: 'trg_01jd5e7k3m9q2r4t6v8w0x1y2z', step: 'a' };
  const now = await crm.now();
  const id = `evt_${'0'.repeat(26)}`;
  const event = { id, occurredAt: now, about: data.cause, customerId: ada.id, actor: 'rapport:automation', data };
  for (let times = 0; times < 2; times++) await crm.put('activity.requested', event, 'rapport.customers');
  await crm.idle();
  const { items } = (await crm.ask('GET /v1/activities', { query: { assignedTo: 'mei', state: 'open' } })).body;
  expect(items).toMatchObject([{ customerId: ada.id, kind: 'task', subject: 'Look' }]);
  const when = { 'detail-type': ['customer.updated'] };
  const bad = async (then: object, more: object = {}) =>
    (await crm.ask('POST /v1/triggers', { body: { name: 'x', when, then: [then], ...more } })).body.errors[0].path;
  expect(await bad({ activity: { kind: 'note', subject: 'x' } })).toBe('then.0.activity.kind');
  expect(await bad({ activity: { subject: 'x', dueIn: 'soon' } })).toBe('then.0.activity.dueIn');
  const echo = { when: { 'detail-type': ['activity.recorded'] } };
  expect(await bad({ activity: { subject: 'x' } }, echo)).toBe('then.0');
});
