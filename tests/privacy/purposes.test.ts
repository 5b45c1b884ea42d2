import { expect, test } from 'vitest';
import { privacyWorld } from '../consent/privacy-world.ts';
import { world } from '../world.ts';

const registering = async () => {
  const crm = privacyWorld(await world());
  return {
    ...crm,
    put: (name: string, fields: Record<string, unknown> = {}, token?: string) =>
      crm.ask('PUT /v1/purposes/{name}', {
        params: { name },
        body: { description: 'Offers', lawfulBasis: 'consent', owner: 'dpo@x.example', ...fields },
        ...(token ? { token } : {}),
      }),
    read: (id: string, purpose: string, token?: string) =>
      crm.ask('GET /v1/customers/{id}', { params: { id }, query: { purpose }, ...(token ? { token } : {}) }),
  };
};

test('purposes are registered with basis, owner and what they need, listed, changed and removed', async () => {
  const crm = await registering();
  const made = await crm.put('marketing', { attributes: ['email'], events: ['tracked.*'], retention: 'P3Y' });
  expect([made.status, made.body]).toMatchObject([200, { name: 'marketing', retention: 'P3Y', version: 1 }]);
  expect((await crm.put('marketing', { attributes: ['email', 'phone'] })).body.version).toBe(2);
  await crm.put('contract', { lawfulBasis: 'contract' });
  const names = async () =>
    (await crm.ask('GET /v1/purposes')).body.items.map(({ name }: { name: string }) => name) as string[];
  expect(await names()).toEqual(['contract', 'marketing']);

  await crm.topic('news', { purpose: 'marketing' });
  const { id } = await crm.customer();
  expect((await crm.say(id, {})).body.purpose).toBe('marketing');
  expect((await crm.say(id, { purpose: 'contract' }, 'post', 'terms')).body.purpose).toBe('contract');
  const remove = (name: string) => crm.ask('DELETE /v1/purposes/{name}', { params: { name } });
  expect(await crm.refusal(remove('marketing'))).toEqual([409, 'purpose.in-use']);
  expect((await remove('contract')).status).toBe(200);
  expect(await crm.refusal(remove('contract'))).toEqual([404, 'purpose.not-found']);
  expect(await names()).toEqual(['marketing']);
});

test('who reads for a purpose sees what serves it, and nothing else', async () => {
  const crm = await registering();
  await crm.put('marketing', {
    attributes: ['givenName', 'address.country', 'attributes.tier'],
    events: ['consent.changed', 'customer.updated'],
  });
  const ada = await crm.customer({
    address: { line1: '1 Marina Way', country: 'SG' },
    attributes: { tier: 'gold', shoeSize: 39 },
  });
  await crm.say(ada.id, { purpose: 'marketing' });
  await crm.say(ada.id, {}, 'sms');
  await crm.ask('PATCH /v1/customers/{id}', {
    params: { id: ada.id },
    body: { givenName: 'Adah', attributes: { shoeSize: 40 } },
  });
  const { body } = await crm.read(ada.id, 'marketing');
  expect(body).toEqual({
    id: ada.id,
    kind: 'person',
    givenName: 'Adah',
    address: { country: 'SG' },
    attributes: { tier: 'gold' },
    version: 2,
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
  });
  const view = (
    await crm.ask('GET /v1/customers/{id}/view', { params: { id: ada.id }, query: { purpose: 'marketing' } })
  ).body;
  expect(view.customer).toEqual(body);
  expect(view.consents).toMatchObject([{ channel: 'email', purpose: 'marketing' }]);
  expect(view.timeline.map(({ type }: { type: string }) => type)).toEqual([
    'customer.updated',
    'consent.changed',
    'consent.changed',
  ]);
  expect(JSON.stringify(view)).not.toContain('shoeSize');
  expect([view.orders, view.identities, view.loyalty]).toEqual([[], [], null]);
  expect((await crm.ask('GET /v1/customers/{id}', { params: { id: ada.id } })).body.email).toBe(ada.email);
});

test('a purpose that is not registered, or not the caller’s, is refused', async () => {
  const crm = await registering();
  await crm.put('marketing', { attributes: ['email'], access: { roles: ['marketer'], scopes: ['sales.write'] } });
  const { id } = await crm.customer();
  expect(await crm.refusal(crm.read(id, 'curiosity'))).toEqual([422, 'request.invalid', 'purpose']);
  expect(await crm.refusal(crm.read(id, 'Not a name!'))).toEqual([422, 'request.invalid', 'purpose']);
  const agent = await crm.tokenFor(['agent']);
  expect(await crm.refusal(crm.read(id, 'marketing', agent))).toEqual([403, 'purpose.not-allowed']);
  for (const role of ['marketer', 'sales']) {
    expect((await crm.read(id, 'marketing', await crm.tokenFor([role]))).status).toBe(200);
  }
  const bad = {
    attributes: ['email', 'shoeSize'],
    events: ['No Such'],
    lawfulBasis: 'whim',
    owner: '',
    retention: 'long',
  };
  expect(await crm.refusal(crm.put('x', bad))).toEqual([
    422,
    'request.invalid',
    'lawfulBasis',
    'owner',
    'attributes.1',
    'events.0',
    'retention',
  ]);
  expect(await crm.refusal(crm.put('A b'))).toEqual([422, 'request.invalid', 'name']);
  expect((await crm.put('x', {}, agent)).status).toBe(403);
});

test('a report names the attributes and events that serve no registered purpose', async () => {
  const crm = await registering();
  await crm.put('service', { attributes: ['givenName', 'familyName', 'name', 'email'], events: ['consent.*'] });
  for (const shoeSize of [38, 39]) await crm.customer({ attributes: { shoeSize } });
  const ada = await crm.customer();
  await crm.say(ada.id, {});
  const begun = await crm.ask('POST /v1/purposes/report');
  expect([begun.status, begun.body.kind]).toEqual([202, 'purpose-report']);
  await crm.idle();
  const { body } = await crm.ask('GET /v1/jobs/{id}', { params: { id: begun.body.id } });
  expect(body).toMatchObject({
    state: 'done',
    counts: { customers: 3, events: 4 },
    result: { attributes: { 'attributes.shoeSize': 2 }, events: { 'customer.created': 3 } },
  });
});
