import { expect, test } from 'vitest';
import { ctxOf } from '../../../functions/shared/http/context.ts';
import { importing } from '../../customers/importing.ts';
import { ownTable } from '../../tracking/own-table.ts';
import { type World, world } from '../../world.ts';
import { erase, receiptOf } from './erase.ts';
import { storedItems } from './stored-items.ts';

const made = async (crm: World, key: string, body: object, params = {}) => {
  const reply = await crm.ask(key, { body, params });
  expect([key, reply.status < 300, reply.body.detail]).toEqual([key, true, undefined]);
  return reply.body;
};

test('an agent gets the places back that the erased customer’s cases took, and the next one waiting', async () => {
  const crm = await world();
  const agent = { name: 'Ben', skills: [], capacity: 2 };
  await crm.ask('PUT /v1/agents/{userId}', { params: { userId: 'ben' }, body: agent });
  await crm.ask('PUT /v1/agents/{userId}/status', { params: { userId: 'ben' }, body: { status: 'available' } });
  const [ada, eve] = await Promise.all(
    ['Ada', 'Eve'].map(givenName => made(crm, 'POST /v1/customers', { givenName, email: `${givenName}@a.example` })),
  );
  const about = { type: 'enquiry', channel: 'web' };
  const first = await made(crm, 'POST /v1/cases', { customerId: ada.id, subject: 'First', ...about });
  const third = await made(crm, 'POST /v1/cases', { customerId: ada.id, subject: 'Third', ...about });
  await crm.idle(60_000);
  const second = await made(crm, 'POST /v1/cases', { customerId: eve.id, subject: 'Second', ...about });
  await crm.idle(60_000);
  const read = async (id: string) => (await crm.ask('GET /v1/cases/{id}', { params: { id } })).body;
  expect([(await read(first.id)).agentId, (await read(second.id)).status]).toEqual(['ben', 'queued']);
  await erase(crm, ada.id);
  await crm.idle(60_000);
  expect((await read(second.id)).agentId).toBe('ben');
  for (const { id } of [first, third]) expect((await read(id)).code).toBe('case.not-found');
  // whatever still watches over the cases ends quietly
  await crm.advance('PT15M');
  expect(await storedItems(crm, item => item.includes('Third'))).toEqual([]);
});

test('a contact from before the erasure whose event arrives afterwards creates no customer', async () => {
  const crm = await world();
  const email = 'late@contact.example';
  const ada = await made(crm, 'POST /v1/customers', { givenName: 'Ada', email });
  await ownTable(crm.awsUrl);
  const before = await crm.now();
  await erase(crm, ada.id);
  await crm.idle(60_000);
  const { identifyContact } = await import('../../../functions/identities/identify-contact.ts');
  const opened = await made(crm, 'POST /v1/cases', {
    subject: 'Gills',
    type: 'enquiry',
    customerId: undefined,
    from: { email: 'x@y.example', name: 'X' },
  });
  const ctx = ctxOf({ tenant: crm.tenant, actor: 'rapport:identifyContact', now: await crm.now() });
  const contact = { email, name: 'Ada' };
  const event = {
    id: 'evt_1',
    tenant: crm.tenant,
    source: 'rapport.customers',
    customerId: null,
    actor: 'x',
    about: opened.id,
  };
  await identifyContact(
    { ...event, type: 'contact.unidentified', occurredAt: before, data: { contact, source: 'case' } },
    ctx,
  );
  await crm.idle(60_000);
  expect((await crm.ask('GET /v1/customers', { query: { email } })).body.items).toEqual([]);
});

test('files are left to the import that reads them, and the erasure waits for it', async () => {
  const crm = importing(await world());
  const ada = await made(crm, 'POST /v1/customers', { givenName: 'Ada', email: 'ada@waiting.example' });
  const rows = Array.from({ length: 400 }, (_, nth) => `n${nth}@waiting.example,Fish ${nth}`);
  const { id } = await crm.begin({ file: `email,name\n${rows.join('\n')}\n`, fields: { dryRun: true } });
  await crm.start(id);
  const erasure = await erase(crm, ada.id);
  await crm.idle(120_000);
  expect((await crm.report(id)).rows).toMatchObject({ read: 400, failed: 0 });
  await crm.advance('PT5M');
  expect((await receiptOf(crm, erasure)).state).toBe('done');
  const again = await crm.ask('POST /v1/imports/{id}/start', { params: { id } });
  expect(again.status).toBeGreaterThanOrEqual(400);
}, 180_000);

test('a file from before the erasure restores no erased customer, but matches one created since', async () => {
  const crm = importing(await world());
  const ada = await made(crm, 'POST /v1/customers', { givenName: 'Ada', email: 'ada@old.example', externalId: 'o-1' });
  await erase(crm, ada.id);
  await crm.idle(60_000);
  const file = 'externalId,email,givenName\no-1,ada@old.example,Ada\no-2,eve@old.example,Eve\n';
  const refused = await crm.bringIn({ file });
  expect(refused.rows).toMatchObject({ created: 1, failed: 1 });
  const messages = (await crm.errorsOf(refused)).map(({ message }) => message);
  expect(messages).toContain('belonged to an erased customer and cannot be imported');
  await made(crm, 'POST /v1/customers', { givenName: 'Ada', externalId: 'o-1' });
  expect((await crm.bringIn({ file })).rows).toMatchObject({ failed: 0, updated: 1 });
});

test('an unsubscribe link of an erased customer still shows its page, and writes nothing', async () => {
  const crm = await world();
  const email = `link@${crm.tenant}.example`;
  const ada = await made(crm, 'POST /v1/customers', { givenName: 'Ada', email });
  const params = { id: ada.id, channel: 'email', topic: 'news' };
  const consent = { status: 'granted', source: 'form' };
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', { params, body: consent });
  const template = { name: 't', channel: 'email', subject: 'Hi', body: 'Hello' };
  const { id: templateId } = await made(crm, 'POST /v1/templates', template);
  const when = { source: ['rapport.sales'], 'detail-type': ['order.created'] };
  const trigger = await made(crm, 'POST /v1/triggers', {
    name: 't',
    when,
    then: [{ send: { templateId, topic: 'news' } }],
  });
  await crm.ask('POST /v1/triggers/{id}/activate', { params: { id: trigger.id } });
  const total = { amount: 1, currency: 'SGD' };
  const lines = [{ sku: 'x', name: 'x', quantity: 1, price: total }];
  await made(crm, 'POST /v1/orders', { customerId: ada.id, number: `l-${crm.tenant}`, total, lines });
  await crm.idle(60_000);
  const [mail] = await crm.outbox(email);
  const link = mail.headers.find(({ name }: { name: string }) => name === 'List-Unsubscribe').value.slice(1, -1);
  await erase(crm, ada.id);
  await crm.idle(60_000);
  const before = await storedItems(crm);
  const reply = await fetch(link.replace(/^https?:\/\/[^/]+/, crm.url), {
    method: 'POST',
    body: 'List-Unsubscribe=One-Click',
  });
  expect(reply.status).toBe(200);
  await crm.idle(60_000);
  expect(await storedItems(crm)).toEqual(before);
});
