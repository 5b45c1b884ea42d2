import { expect, test } from 'vitest';
import { portal } from '../portal/portal-world.ts';
import { world } from '../world.ts';

const no = [403, 'attribute.confidential'];
const iban = 'DE02120300000000202051';

/** a company that keeps account numbers and birthdays to itself, and a customer with both */
const setUp = async () => {
  const crm = portal(await world());
  const defined = { iban: { type: 'text', indexed: true }, dateOfBirth: {}, address: {} };
  for (const [name, more] of Object.entries(defined)) {
    const body = { ...more, classification: 'confidential' };
    const reply = await crm.ask('PUT /v1/attributes/{name}', { params: { name }, body });
    expect([name, reply.status < 300, reply.body.errors]).toEqual([name, true, undefined]);
  }
  const ada = await crm.person({ attributes: { iban }, dateOfBirth: '1990-02-03' });
  const marketer = await crm.tokenFor(['marketer']);
  return { ...crm, ada, marketer };
};

const whole = "{{ customer | json }}{{ customer | inspect }}{% for x in customer %}{{ x | join: ' ' }}{% endfor %}";

test('a template sees a customer as its reply shows it, in a preview and in a message', async () => {
  const crm = await setUp();
  const made = async (path: string, body: object) => (await crm.ask(path, { body, token: crm.marketer })).body;
  const { id } = await made('POST /v1/templates', { name: 'All', channel: 'email', subject: 'All', body: whole });
  const then = [{ send: { templateId: id, topic: null } }];
  await made('POST /v1/triggers', {
    name: 'All',
    when: { 'detail-type': ['customer.updated'] },
    then,
    state: 'active',
  });
  await crm.ask('PATCH /v1/customers/{id}', { params: crm.ada, body: { attributes: { size: 'M' } } });
  await crm.idle();
  const asked = { params: { id }, body: { customerId: crm.ada.id }, token: crm.marketer };
  const preview = await crm.ask('POST /v1/templates/{id}/preview', asked);
  const mail = (await crm.outbox(crm.ada.email)).find(({ subject }) => subject === 'All');
  for (const text of [preview.body.text, mail?.text]) {
    expect(text).toContain('Ada');
    for (const secret of [iban, 'lookups', 'provenance', '1990-02-03']) expect(text).not.toContain(secret);
  }
});

test('a change request hides what its reader may not read; who may not read it does not accept it', async () => {
  const crm = await setUp();
  const body = { dateOfBirth: '1990-02-04', familyName: 'Lim' };
  const { proposal } = (await crm.as(crm.ada, 'POST /v1/me/change-requests', { body })).body;
  for (const role of ['marketer', 'sales', 'analyst']) {
    const token = await crm.tokenFor([role]);
    const [seen] = (await crm.ask('GET /v1/proposals', { token })).body.items;
    const { patch, was, masked } = seen;
    expect([role, patch, was, masked]).toEqual([role, { familyName: 'Lim' }, { familyName: 'Tan' }, ['dateOfBirth']]);
  }
  const decide = async (token: string, verb: string, more: object) => {
    const reply = await crm.ask(`POST /v1/proposals/{id}/${verb}`, { params: proposal, body: more, token });
    return [reply.status, reply.body.code ?? reply.body.patch];
  };
  const [sales, agent] = [await crm.tokenFor(['sales']), await crm.tokenFor(['agent'])];
  expect(await decide(sales, 'accept', {})).toEqual(no);
  expect(await decide(agent, 'accept', {})).toEqual([200, body]);
  const next = (await crm.as(crm.ada, 'POST /v1/me/change-requests', { body: { dateOfBirth: '1990-02-05' } })).body;
  const rejected = await crm.ask('POST /v1/proposals/{id}/reject', {
    params: next.proposal,
    body: { reason: 'no' },
    token: sales,
  });
  expect([rejected.status, rejected.body.patch, rejected.body.masked]).toEqual([200, {}, ['dateOfBirth']]);
});

test.each([[['attributes.iban']], [['phone', 'dateOfBirth']], [['address']]])(
  'who may not read %s does not verify it, whether it has a value or not',
  async attributes => {
    const crm = await setUp();
    const asked = { params: crm.ada, body: { attributes, by: 'customer', method: 'call' } };
    const { status, body } = await crm.ask('POST /v1/customers/{id}/verify', { ...asked, token: crm.marketer });
    expect([status, body.code]).toEqual(no);
  },
);
