import { expect, test } from 'vitest';
import { related } from '../relations-world.ts';
import { world } from '../world.ts';

type Body = Record<string, unknown>;

const fields = [
  { name: 'name', required: true },
  { name: 'email', type: 'email', required: true },
  { name: 'model', type: 'choice', options: ['V7', 'V9'], fills: 'interest' },
  { name: 'doors', type: 'number', label: 'Doors' },
];

const posting = async (more: Body = {}) => {
  const crm = related(await world());
  const made = await crm.ask('POST /v1/forms', { body: { name: 'Test drive', fields, topics: ['news'], ...more } });
  expect(made.status).toBe(201);
  const { key } = (await crm.ask('POST /v1/write-keys', { body: { name: 'site' } })).body;
  const params = { id: made.body.id as string };
  const basic = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
  const submit = (body: Body | string, headers: Record<string, string> = {}) =>
    crm.ask('POST /v1/forms/{id}/submissions', { params, token: null, body, headers: { ...basic, ...headers } });
  const leads = async () => (await crm.ask('GET /v1/leads', {})).body.items;
  const refusals = async () => (await crm.ask('GET /v1/forms/{id}/refusals', { params })).body.items;
  return { ...crm, params, key, submit, leads, refusals };
};

test('a submission makes a lead of an identified customer, who is asked to confirm the topics', async () => {
  const crm = await posting();
  const email = `ada.${crm.tenant}@example.com`;
  const sent = await crm.submit(
    { name: 'Ada Tan', email, model: 'V7', doors: 5, topics: ['news'] },
    { origin: 'https://a.example' },
  );
  expect([sent.status, sent.body, sent.headers.get('access-control-allow-origin')]).toEqual([
    202,
    { received: true },
    '*',
  ]);
  await crm.idle();
  const [lead] = await crm.leads();
  expect(lead).toMatchObject({
    source: 'form: Test drive',
    interest: 'V7; Doors: 5',
    contact: { name: 'Ada Tan', email },
  });
  const consents = await crm.at('GET /v1/customers/{id}/consents', lead.customerId);
  expect(consents.body.items).toMatchObject([{ channel: 'email', topic: 'news', status: 'pending' }]);
  expect((await crm.outbox(email))[0].text).toContain('/v1/confirm-consent/');
  const again = new URLSearchParams({ name: 'Ada Tan', email, topics: 'news' }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await crm.submit(again, headers)).status).toBe(202);
  await crm.idle();
  expect(await crm.leads()).toHaveLength(1);
});

test('what does not fit the form is refused with its places, and listed without its content', async () => {
  const crm = await posting({ origins: ['https://shop.example'] });
  const ours = { origin: 'https://shop.example' };
  const bad = (body: Body | string) => crm.badFields(crm.submit(body, ours));
  expect(await bad({ email: 'nowhere', model: 'V8', colour: 'red', topics: ['spam'] })).toEqual([
    ...[422, 'colour', 'name', 'email', 'model', 'topics.0'],
  ]);
  expect(await bad('{')).toEqual([422, '']);
  expect((await crm.submit({ name: 'Bot', email: 'bot@example.com', website: 'x' }, ours)).status).toBe(202);
  expect(await crm.refused(crm.submit({ name: 'Ada', email: 'a@example.com' }))).toEqual([403, 'form.origin']);
  const token = { authorization: 'Basic eDo=' };
  expect((await crm.submit({ name: 'Ada', email: 'a@example.com' }, { ...ours, ...token })).status).toBe(401);
  await crm.idle();
  expect(await crm.leads()).toEqual([]);
  const refused = await crm.refusals();
  expect(refused.map(({ reason }: Body) => reason).sort()).toEqual(['honeypot', 'invalid', 'invalid', 'origin']);
  expect(JSON.stringify(refused)).not.toMatch(/nowhere|bot@/);
});

test('a form asks for somebody, and a choice has its options', async () => {
  const crm = await posting();
  const bad = (body: Body) => crm.badFields(crm.ask('POST /v1/forms', { body: { name: 'X', ...body } }));
  expect(await bad({ fields: [{ name: 'age', type: 'number' }] })).toEqual([422, 'fields']);
  expect(await bad({ fields: [{ name: 'name', type: 'choice' }] })).toEqual([422, 'fields.0.options']);
  expect((await crm.at('PATCH /v1/forms/{id}', crm.params.id, { body: { topics: [] } })).body.topics).toEqual([]);
  expect((await crm.at('DELETE /v1/forms/{id}', crm.params.id)).status).toBe(200);
  expect((await crm.submit({ name: 'Ada', email: 'a@example.com' })).status).toBe(404);
});
