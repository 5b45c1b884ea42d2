import { expect, test } from 'vitest';
import { world } from '../world.ts';

const no = [403, 'scope.missing'];

const setUp = async () => {
  const crm = await world();
  const email = `ada.${crm.tenant}@example.com`;
  const { id } = (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', email } })).body;
  const token = await crm.tokenFor(['marketer']);
  const answer = async (key: string, more: object) => {
    const { status, body } = await crm.ask(key, { token, ...more });
    return status < 300 ? [status] : [status, body.code];
  };
  return { ...crm, email, id: id as string, marketer: token, answer };
};

const asking = [
  { event: 'invoice.issued', where: { total: { amount: [{ numeric: ['>', 100] }] } } },
  { event: 'case.opened', where: { data: { subject: [{ prefix: 'Battery' }] } } },
  { not: { any: [{ event: 'invoice.issued', where: { detail: { data: { number: ['1'] } } } }] } },
  { attribute: 'finance.overdueSince', lt: '2027-01-01' },
];

test('a condition does not compare what its author may not read', async () => {
  const crm = await setUp();
  const made = { 'detail-type': ['order.created'] };
  const then = [{ tag: 'x' }];
  for (const where of asking) {
    const list = { body: { name: 'Known', kind: 'dynamic', where, sharedWith: ['all'] } };
    const rule = { body: { name: 'Known', when: made, if: where, then } };
    expect(await crm.answer('POST /v1/lists', list), JSON.stringify(where)).toEqual(no);
    expect(await crm.answer('POST /v1/triggers', rule)).toEqual(no);
    const bulk = { target: { where }, action: { tag: 'x' }, why: 'to see', dryRun: true };
    expect(await crm.answer('POST /v1/bulk', { body: bulk })).toEqual(no);
    const shared = await crm.ask('POST /v1/lists', list);
    expect(shared.status, JSON.stringify(shared.body)).toBe(201);
    expect(await crm.answer('GET /v1/lists/{id}/members', { params: shared.body })).toEqual(no);
  }
  const happened = { event: 'order.created', count: { gte: 2 } };
  expect(await crm.answer('POST /v1/lists', { body: { name: 'Loyal', kind: 'dynamic', where: happened } })).toEqual([
    201,
  ]);
});

const total = { total: { amount: [{ numeric: ['>', 100] }] } };

test.each([
  ['an invoice', { 'detail-type': ['invoice.issued'], detail: { data: total } }],
  [
    'an invoice or another event',
    { $or: [{ 'detail-type': ['customer.updated'] }, { 'detail-type': ['invoice.issued'], detail: { data: total } }] },
  ],
  ['any event', { detail: { data: { status: ['open'] } } }],
  ['events by a prefix', { 'detail-type': [{ prefix: 'case.' }], detail: { data: { subject: [{ exists: true }] } } }],
])('a pattern does not compare the data of %s for who may not read them', async (_, when) => {
  const crm = await setUp();
  const body = { name: 'Big', when, then: [{ tag: 'big' }] };
  expect(await crm.answer('POST /v1/triggers', { body })).toEqual(no);
  const theirs = await crm.ask('POST /v1/triggers', { body: { ...body, when: { 'detail-type': ['order.created'] } } });
  expect(await crm.answer('PATCH /v1/triggers/{id}', { params: theirs.body, body: { when } })).toEqual(no);
});

test('a message shows of an event what the author of its template may read', async () => {
  const crm = await setUp();
  const body = '{{ event.type }} {{ event | json }} {{ customer.finance | json }}';
  const template = (name: string) => ({ body: { name, channel: 'email', subject: name, body } });
  const mine = (await crm.ask('POST /v1/templates', { ...template('Mine'), token: crm.marketer })).body;
  const ours = (await crm.ask('POST /v1/templates', template('Ours'))).body;
  const then = [mine, ours].map(({ id: templateId }) => ({ send: { templateId, topic: null } }));
  const rule = { name: 'Opened', when: { 'detail-type': ['case.opened'] }, then, state: 'active' };
  expect(await crm.answer('POST /v1/triggers', { body: rule })).toEqual([201]);
  const opened = await crm.ask('POST /v1/cases', {
    body: { customerId: crm.id, type: 'complaint', channel: 'email', subject: 'Battery is dead' },
  });
  expect(opened.status).toBe(201);
  await crm.idle();
  const mails = await crm.outbox(crm.email);
  const text = (name: string) => mails.find(({ subject }) => subject === name)?.text;
  expect(text('Ours')).toContain('Battery is dead');
  expect(text('Mine')).toContain('case.opened');
  expect(text('Mine')).not.toMatch(/Battery|"data"|case_/);
});
