import { expect, test } from 'vitest';
import { world } from '../world.ts';

const ada = {
  givenName: 'Ada',
  familyName: 'Tan',
  email: 'ada@example.com',
  phone: '+6591234567',
  dateOfBirth: '1990-01-02',
  identifiers: { national: 'S1234567D' },
  preferredChannel: 'sms',
};

const setUp = async () => {
  const crm = await world();
  const { body } = await crm.ask('POST /v1/customers', { body: ada });
  const id: string = body.id;
  const view = async (query: Record<string, string> = {}) =>
    (await crm.ask('GET /v1/customers/{id}/view', { params: { id }, query })).body;
  const consent = (channel: string, topic: string, status: string) =>
    crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
      params: { id, channel, topic },
      body: { status, source: 'form' },
    });
  return { crm, id, view, consent };
};

test('each department has its own view of a customer, made of the same facts', async () => {
  const { crm, id, view, consent } = await setUp();
  await consent('email', 'news', 'granted');
  await consent('email', 'offers', 'withdrawn');
  await crm.ask('POST /v1/opportunities', { body: { customerId: id, name: 'Volt 7', closeOn: '2027-01-31' } });
  await crm.ask('POST /v1/cases', { body: { customerId: id, subject: 'Brakes', type: 'complaint', channel: 'web' } });
  await crm.idle();
  const [whole, sales, marketing, service] = [
    await view(),
    await view({ for: 'sales' }),
    await view({ for: 'marketing' }),
    await view({ for: 'service' }),
  ];
  for (const one of [whole, sales, marketing, service]) {
    expect(one).toMatchObject({
      customer: { id },
      openCases: [{ subject: 'Brakes', sla: expect.any(Object) }],
      lastTouch: { type: expect.stringMatching(/^(case|message)\./) },
      freshness: { asOf: expect.any(String), ages: { customer: expect.any(Number) } },
    });
    expect(one.timeline.length).toBeGreaterThan(3);
  }
  expect(whole.for).toBeUndefined();
  expect([sales.for, marketing.for, service.for]).toEqual(['sales', 'marketing', 'service']);
  expect(sales).toMatchObject({ nextStep: { on: '2027-01-31', name: 'Volt 7' }, opportunities: [{ name: 'Volt 7' }] });
  expect([sales.consents, sales.identities, sales.cases]).toEqual([undefined, undefined, undefined]);
  expect(marketing.contactability).toEqual([
    {
      channel: 'email',
      address: 'ada@example.com',
      unreachable: null,
      preferred: false,
      granted: ['news'],
      withdrawn: ['offers'],
    },
    { channel: 'sms', address: '+6591234567', unreachable: null, preferred: true, granted: [], withdrawn: [] },
    { channel: 'whatsapp', address: '+6591234567', unreachable: null, preferred: false, granted: [], withdrawn: [] },
    { channel: 'phone', address: '+6591234567', unreachable: null, preferred: false, granted: [], withdrawn: [] },
  ]);
  expect(marketing.consents).toHaveLength(2);
  expect([marketing.opportunities, marketing.cases]).toEqual([undefined, undefined]);
  expect([marketing.customer.identifiers, marketing.customer.dateOfBirth]).toEqual([undefined, undefined]);
  expect(service.cases).toHaveLength(1);
  expect(service.customer.identifiers).toEqual(ada.identifiers);
  const unknown = await crm.ask('GET /v1/customers/{id}/view', { params: { id }, query: { for: 'legal' } });
  expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, 'for']);
});

test('a resolved case is no longer open, and the last touch is a contact', async () => {
  const { crm, id, view } = await setUp();
  expect(await view()).toMatchObject({ openCases: [], lastTouch: null, nextStep: null });
  const { body } = await crm.ask('POST /v1/cases', {
    body: { customerId: id, subject: 'Brakes', type: 'enquiry', channel: 'web' },
  });
  await crm.idle();
  await crm.ask('POST /v1/cases/{id}/reply', { params: { id: body.id }, body: { body: 'We look into it' } });
  await crm.ask('POST /v1/cases/{id}/resolve', { params: { id: body.id }, body: {} });
  await crm.ask('PATCH /v1/customers/{id}', { params: { id }, body: { locale: 'en-SG' } });
  await crm.idle();
  const { openCases, cases, lastTouch, customer, freshness } = await view();
  expect([openCases, cases.length]).toEqual([[], 1]);
  expect(lastTouch).toMatchObject({ type: expect.stringMatching(/^(case|message)\./), direction: 'out' });
  expect(freshness.ages.records).toBeLessThan(60);
  expect(freshness.ages.customer).toBeLessThan(60);
  expect(customer.locale).toBe('en-SG');
});

test('a customer with many items still shows its latest events and all consents', async () => {
  const { view, consent } = await setUp();
  const topics = Array.from({ length: 70 }, (_, nth) => `topic-${nth}`);
  for (let at = 0; at < topics.length; at += 10) {
    await Promise.all(topics.slice(at, at + 10).map(topic => consent('email', topic, 'granted')));
  }
  const { consents, timeline, contactability } = await view();
  expect([consents.length, timeline.length]).toEqual([70, 25]);
  expect(timeline[0].occurredAt >= timeline[24].occurredAt).toBe(true);
  expect(contactability[0].granted).toHaveLength(70);
  expect((await view({ for: 'service' })).timeline).toHaveLength(25);
});

test('the staff contacts of a customer are listed from its timeline', async () => {
  const { crm, id } = await setUp();
  const [mei, ben] = [
    await crm.tokenFor(['agent'], crm.tenant, 'mei'),
    await crm.tokenFor(['agent'], crm.tenant, 'ben'),
  ];
  const { body: opened } = await crm.ask('POST /v1/cases', {
    token: mei,
    body: { customerId: id, subject: 'Brakes', type: 'enquiry', channel: 'phone' },
  });
  const reply = { params: { id: opened.id }, body: { body: 'We look into it' } };
  await crm.ask('POST /v1/cases/{id}/reply', { ...reply, token: mei });
  await crm.ask('PATCH /v1/customers/{id}', { params: { id }, token: ben, body: { locale: 'en-SG' } });
  await crm.idle();
  const { status, body } = await crm.ask('GET /v1/customers/{id}/staff-contacts', { params: { id } });
  expect([status, body.complete]).toEqual([200, true]);
  const of = (name: string) => body.items.find(({ actor }: { actor: string }) => actor === `user:${name}`);
  expect(of('ben')).toMatchObject({ events: 1, contacts: 0, lastContactAt: null, last: { type: 'customer.updated' } });
  expect(of('mei')).toMatchObject({ contacts: 2, lastContactAt: expect.any(String) });
  expect(body.items.every(({ actor }: { actor: string }) => actor.startsWith('user:'))).toBe(true);
  const unknown = await crm.ask('GET /v1/customers/{id}/staff-contacts', { params: { id: 'cus_0' } });
  expect([unknown.status, unknown.body.code]).toEqual([404, 'customer.not-found']);
});

test('what is to be done next is shown, the first due first, as far as the caller may read it', async () => {
  const { crm, id, view } = await setUp();
  const body = { customerId: id, name: 'Volt 7', closeOn: '2099-01-31' };
  await crm.ask('POST /v1/opportunities', { body });
  const task = { kind: 'task', subject: 'Call back', dueAt: '2098-12-01T09:00:00.000Z' };
  expect((await crm.ask('POST /v1/activities', { body: { ...task, customerId: id } })).status).toBe(201);
  await crm.ask('POST /v1/cases', { body: { customerId: id, subject: 'Brakes', type: 'enquiry', channel: 'web' } });
  await crm.idle();
  expect((await view()).nextActions).toMatchObject([
    { kind: 'task', title: 'Call back', dueAt: '2098-12-01T09:00:00.000Z' },
    { kind: 'opportunity', title: 'Volt 7', dueAt: '2099-01-31' },
    { kind: 'case', title: 'Brakes', dueAt: null },
  ]);
  const token = await crm.tokenFor(['marketer']);
  const seen = (await crm.ask('GET /v1/customers/{id}/view', { params: { id }, token })).body;
  expect(seen.nextActions.map(({ kind }: { kind: string }) => kind)).not.toContain('opportunity');
});
